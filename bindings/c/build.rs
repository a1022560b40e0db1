//! The name that programs ask the loader for: `libjawab.so.0`, not `libjawab_c.so`.

fn main() {
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libjawab.so.{}", env!("CARGO_PKG_VERSION_MAJOR"));
    }
}
