//! The C library is laid out so that it is found by its users, wherever the folder is moved.

use std::fs;
use std::path::Path;

use xtask::dist;

#[test]
fn the_library_is_laid_out_for_compilers_loaders_and_pkg_config() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dist");
    let (built, to) = (folder.join("built"), folder.join("to"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&built).expect("a folder");
    for library in ["libjawab_c.a", "libjawab_c.so", "libjawab_c.dylib", "jawab_c.dll"] {
        fs::write(built.join(library), "a library").expect("a file");
    }
    for _ in 0..2 {
        dist::lay_out(&built, &to).expect("laid out, also over an older one");
    }
    let version = env!("CARGO_PKG_VERSION");
    let mut files = vec![
        "include/jawab.h".to_owned(),
        "lib/libjawab.a".to_owned(),
        "lib/pkgconfig/jawab.pc".to_owned(),
        "share/doc/jawab/LICENSE-MIT".to_owned(),
        "share/doc/jawab/rules.md".to_owned(),
        "share/jawab/schema.json".to_owned(),
    ];
    if cfg!(target_os = "linux") {
        let major = version.split('.').next().expect("a number");
        files.extend(["lib/libjawab.so".to_owned(), format!("lib/libjawab.so.{major}")]);
    }
    for file in files {
        assert!(to.join(&file).exists(), "{file}");
    }
    let told = fs::read_to_string(to.join("lib/pkgconfig/jawab.pc")).expect("a file");
    assert!(told.contains(&format!("Version: {version}\n")), "{told}");
    assert!(told.contains("prefix=${pcfiledir}/../..\n"), "{told}");
}

#[test]
fn a_library_that_is_not_built_is_an_error() {
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-library");
    assert!(dist::lay_out(&nowhere.join("built"), &nowhere.join("to")).is_err());
}
