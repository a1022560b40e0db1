#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| jawab_fuzz::state(data));
