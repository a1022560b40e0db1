//! Files that commands write: never over what they read, and never half a file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::data::ends_in;
use crate::failure::Failure;

/// The file that stands behind a path, links followed; refused where writing it would destroy something else than an
/// older output.
pub(crate) fn target<'p>(
    path: &Path,
    inputs: impl IntoIterator<Item = &'p Path>,
    example: &str,
) -> Result<PathBuf, Failure> {
    let refused = |why: &str| {
        Failure::helped(
            format!("cannot write `{}`: {why}", path.display()),
            format!("name another file, such as `{example}`"),
        )
    };
    if path.as_os_str() == "-" {
        return Err(refused("that is the name of no file"));
    }
    let real = behind(path).map_err(refused)?;
    if [path, &real].iter().any(|path| ends_in(path, "yaml") || ends_in(path, "yml")) {
        return Err(refused("it has the ending of a rule file"));
    }
    let same = |input: &Path| fs::canonicalize(input).is_ok_and(|input| input == real);
    if inputs.into_iter().any(same) { Err(refused("this run reads it")) } else { Ok(real) }
}

/// The path itself where nothing is there yet, or what stands in the way.
fn behind(path: &Path) -> Result<PathBuf, &'static str> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err("it is a folder"),
        Ok(found) if !found.is_file() => Err("it is no ordinary file"),
        Ok(_) => fs::canonicalize(path).map_err(|_| "it cannot be found"),
        Err(_) if fs::symlink_metadata(path).is_ok() => Err("it is a link that leads to nothing"),
        Err(_) => Ok(path.to_owned()),
    }
}

/// Writes beside the file and renames: who opens it meanwhile finds the old one or the new one, never a part.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let beside = beside(path);
    written(&beside, path, bytes).and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        // What was written in part is of no use; where it cannot be removed either, the first error says why.
        let _ = fs::remove_file(&beside);
        Failure::file("write", path, &error)
    })
}

fn written(beside: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(beside)?.write_all(bytes)?;
    match fs::metadata(path) {
        Ok(old) => fs::set_permissions(beside, old.permissions()),
        Err(_) => Ok(()),
    }
}

/// A hidden name of this run's own.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
