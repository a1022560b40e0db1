//! What `cargo xtask` shares with the tests of the workspace.

pub mod dist;
