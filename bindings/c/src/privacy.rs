//! Masking of private data.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use jawab::privacy::Masker;

use crate::error::{give, jawab_error, jawab_status};
use crate::text::{is_json, jawab_string, json_of, read_text, string};

/// Replaces passwords, codes, card, identity, account and telephone numbers and addresses in a text by their kind in
/// brackets, such as `[phone]`. In a `jawab_format`: the text, or JSON with the text and what was `found`. Needs no
/// rules. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_mask(
    text: *const c_char, text_len: usize, format: i32, masked: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(masked, error, || {
        // SAFETY: a text of the caller.
        let text = unsafe { read_text(text, text_len, "text")? };
        let (masked, json) = (Masker::default().mask(text, &[]), is_json(format)?);
        Ok(string(if json { json_of(&masked) } else { masked.text }))
    })
}
