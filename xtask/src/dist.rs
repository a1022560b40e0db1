//! The C library as it is installed: `include/`, `lib/`, `share/`.

use std::fs;
use std::io;
use std::path::Path;

use crate::root;

/// Files that are taken as they are: from the root of the repository, and where they go.
const FILES: &[(&str, &str)] = &[
    ("bindings/c/include/jawab.h", "include/jawab.h"),
    ("LICENSE-APACHE", "share/doc/jawab/LICENSE-APACHE"),
    ("LICENSE-MIT", "share/doc/jawab/LICENSE-MIT"),
    ("CHANGELOG.md", "share/doc/jawab/CHANGELOG.md"),
    ("rules/README.md", "share/doc/jawab/rules.md"),
    ("rules/minimal.yaml", "share/doc/jawab/minimal.yaml"),
    ("rules/schema.json", "share/jawab/schema.json"),
];

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Lays out the library that cargo has built in the folder `built`. The folder `to` may be moved: nothing in it names
/// its place.
///
/// # Errors
/// Where a file cannot be copied, such as a library that is not built.
pub fn lay_out(built: &Path, to: &Path) -> io::Result<()> {
    let (root, lib) = (root(), to.join("lib"));
    fs::create_dir_all(lib.join("pkgconfig"))?;
    for (from, target) in FILES {
        let target = to.join(target);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(root.join(from), target)?;
    }
    put(&built.join("libjawab_c.a"), &lib.join("libjawab.a"))?;
    share_library(built, &lib)?;
    let template = fs::read_to_string(root.join("bindings/c/jawab.pc.in"))?;
    fs::write(lib.join("pkgconfig/jawab.pc"), template.replace("@VERSION@", VERSION))
}

/// Links a large file where that can be done, as cargo does, and copies it elsewhere.
fn put(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        fs::remove_file(to)?;
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

/// The shared library under its full version, with the names that loaders and linkers ask for.
#[cfg(all(unix, not(target_os = "macos")))]
fn share_library(built: &Path, lib: &Path) -> io::Result<()> {
    let file = format!("libjawab.so.{VERSION}");
    put(&built.join("libjawab_c.so"), &lib.join(&file))?;
    let major = VERSION.split('.').next().unwrap_or(VERSION);
    for name in [format!("libjawab.so.{major}"), "libjawab.so".to_owned()] {
        let link = lib.join(name);
        if link.symlink_metadata().is_ok() {
            fs::remove_file(&link)?;
        }
        std::os::unix::fs::symlink(&file, link)?;
    }
    Ok(())
}

/// The shared library under the system's name for it.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn share_library(built: &Path, lib: &Path) -> io::Result<()> {
    let name = |stem: &str| format!("{}{stem}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    put(&built.join(name("jawab_c")), &lib.join(name("jawab")))
}
