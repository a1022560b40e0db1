//! The C interface of the engine: `include/jawab.h` is made from this crate and says how it is used.
//!
//! Functions convert what comes in, ask the core and convert what comes out. They take references where C passes
//! pointers, so that NULL is an `Option` and only texts and arrays need unsafe code.
#![expect(non_camel_case_types, reason = "the names of the header")]
#![expect(
    clippy::missing_safety_doc,
    reason = "the first page of the header says what must hold of every pointer"
)]

pub mod context;
pub mod conversation;
pub mod decision;
pub mod engine;
pub mod error;
pub mod privacy;
pub mod rules;
pub mod text;

/// Version of the binary interface, raised whenever a program built against an older header would misbehave.
pub const JAWAB_ABI_VERSION: u32 = 1;

/// The `JAWAB_ABI_VERSION` of the library that runs: compare it with that of the header once, at start. Cannot fail.
/// Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_abi_version() -> u32 {
    JAWAB_ABI_VERSION
}
