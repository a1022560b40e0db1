//! Kinds of secrets as bytes.

use super::Kind;
use crate::codec::stored_one_of;

stored_one_of!(Kind, Kind::ALL);
