//! Reads files: the only place of the library that does.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::codec::MAGIC;
use crate::diagnostic::{Code, Diagnostic, SourceText};
#[cfg(unix)]
use crate::parallel::join;
use crate::rules::limits::Limits;
use crate::rules::problems::Problems;

/// A rule file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: Arc<str>,
    bytes: Arc<[u8]>,
}

impl Source {
    /// A file of the given name and text; bytes that are no UTF-8 are a problem of the file.
    pub fn new(name: &str, text: impl AsRef<[u8]>) -> Self {
        Source { name: name.into(), bytes: text.as_ref().into() }
    }

    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    pub(super) fn shared_bytes(&self) -> Arc<[u8]> {
        Arc::clone(&self.bytes)
    }

    /// The name that stands for the file in problems.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<&SourceText> for Source {
    fn from(text: &SourceText) -> Self {
        Source { name: Arc::clone(text.name()), bytes: Arc::clone(text.shared()).into() }
    }
}

/// Which files of a folder are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    /// All but those in folders named `tests`.
    Rules,
    /// All.
    Scenarios,
}

/// The texts of the sources that can be read.
pub(crate) fn decode(sources: &[Source], limits: &Limits, problems: &mut Problems) -> Vec<SourceText> {
    let mut left = limits.total_bytes;
    let mut texts = Vec::new();
    if sources.len() > limits.files {
        let name = sources.first().map_or("", |source| &*source.name);
        refuse(name, Code::TooLarge, format!("the set has more than {} files", limits.files), problems);
        return texts;
    }
    for source in sources {
        let size = source.bytes.len();
        if !fits(&source.name, size, limits, &mut left, problems) {
            continue;
        }
        texts.extend(text(&source.name, &source.bytes, problems));
    }
    texts
}

/// The texts of the rule files at a path that can be read, in path order.
pub(crate) fn read_rules(path: &Path, limits: &Limits, problems: &mut Problems) -> Vec<SourceText> {
    let (files, texts) = read(path, FileKind::Rules, limits, problems);
    if files == 0 && !problems.incomplete() {
        problems.cut_off();
        let place = SourceText::new(&path.to_string_lossy(), "").place(0..0);
        let problem = Diagnostic::new(Code::NoRules, place, "there is no rule file here");
        let help = if path.join("tests").is_dir() {
            "rule files end in `.yaml` or `.yml`; what stands in a folder `tests` are scenario files, no rules"
        } else {
            "rule files end in `.yaml` or `.yml`"
        };
        problems.add(problem.help(help));
    }
    texts
}

/// The texts of the files in the folder `tests` beside the rule files at a path; without that folder, none.
pub(crate) fn read_scenarios(path: &Path, limits: &Limits, problems: &mut Problems) -> Vec<SourceText> {
    let folder = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => path.join("tests"),
        Ok(_) => path.with_file_name("tests"),
        Err(error) => {
            unreadable(path, &error, problems);
            return Vec::new();
        }
    };
    if folder.is_dir() { read(&folder, FileKind::Scenarios, limits, problems).1 } else { Vec::new() }
}

/// The bytes of a compiled rule set at a path, known by its first bytes or its name; none where something else is there,
/// or nothing that can be read: that is reported with the rule files.
pub(crate) fn read_compiled(path: &Path) -> Option<Vec<u8>> {
    let named = path.extension().is_some_and(|end| end == "jawab");
    let size = fs::metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    let mut file = fs::File::open(path).ok()?;
    let mut first = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut first).ok()?;
    if first != MAGIC && !named {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(size).ok()?];
    fill(&file, &mut bytes).ok()?;
    Some(bytes)
}

/// A part of a file that is worth a thread.
const WORTH_A_THREAD: usize = 1 << 20;

/// Reads a file in two parts at the same time: most of the time goes into the memory that it is read into.
#[cfg(unix)]
fn fill(file: &fs::File, bytes: &mut [u8]) -> io::Result<()> {
    use std::os::unix::fs::FileExt;
    let half = bytes.len() / 2;
    if half < WORTH_A_THREAD {
        return file.read_exact_at(bytes, 0);
    }
    let (one, other) = bytes.split_at_mut(half);
    let (one, other) = join(|| file.read_exact_at(one, 0), || file.read_exact_at(other, half as u64));
    one.and(other)
}

#[cfg(not(unix))]
fn fill(mut file: &fs::File, bytes: &mut [u8]) -> io::Result<()> {
    use std::io::Seek;
    file.seek(io::SeekFrom::Start(0))?;
    file.read_exact(bytes)
}

/// How many files there are, and the texts of those that can be read.
fn read(path: &Path, kind: FileKind, limits: &Limits, problems: &mut Problems) -> (usize, Vec<SourceText>) {
    let mut finder = Finder { kind, limits, problems, files: Vec::new(), trail: Vec::new() };
    finder.visit(path, true);
    let files = std::mem::take(&mut finder.files);
    let mut left = limits.total_bytes;
    let texts = files.iter().filter_map(|file| read_file(file, limits, &mut left, problems)).collect();
    (files.len(), texts)
}

fn read_file(file: &Path, limits: &Limits, left: &mut usize, problems: &mut Problems) -> Option<SourceText> {
    let name = file.to_string_lossy();
    let most = limits.file_bytes.min(u32::MAX as usize);
    // One byte more than allowed shows that there are too many, whatever the file says of its size.
    let bytes = fs::File::open(file).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(most as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    });
    match bytes {
        Ok(bytes) if fits(&name, bytes.len(), limits, left, problems) => text(&name, &bytes, problems),
        Ok(_) => None,
        Err(error) => {
            unreadable(file, &error, problems);
            None
        }
    }
}

fn fits(name: &str, size: usize, limits: &Limits, left: &mut usize, problems: &mut Problems) -> bool {
    let most = limits.file_bytes.min(u32::MAX as usize);
    if size > most {
        refuse(name, Code::TooLarge, format!("the file has more than {most} bytes"), problems);
        return false;
    }
    let Some(rest) = left.checked_sub(size) else {
        let message = format!("the files of the set have more than {} bytes together", limits.total_bytes);
        refuse(name, Code::TooLarge, message, problems);
        return false;
    };
    *left = rest;
    true
}

/// Reports a file that is not read at all.
fn refuse(name: &str, code: Code, message: String, problems: &mut Problems) {
    problems.cut_off();
    problems.add(Diagnostic::new(code, SourceText::new(name, "").place(0..0), message));
}

fn unreadable(path: &Path, error: &io::Error, problems: &mut Problems) {
    let why = match error.kind() {
        io::ErrorKind::NotFound => ": there is no such file or folder",
        io::ErrorKind::PermissionDenied => ": there is no permission",
        _ => "",
    };
    let place = SourceText::new(&path.to_string_lossy(), "").place(0..0);
    let problem = Diagnostic::new(Code::UnreadableFile, place, format!("this cannot be read{why}"));
    problems.cut_off();
    problems.add(problem.help("check its path and rights, or take it out of the folder"));
}

fn text(name: &str, bytes: &[u8], problems: &mut Problems) -> Option<SourceText> {
    if bytes.starts_with(&MAGIC) {
        problems.cut_off();
        let place = SourceText::new(name, "").place(0..0);
        let problem = Diagnostic::new(Code::CompiledRules, place, "these are compiled rules, not their YAML");
        problems.add(problem.help("name the file or folder of YAML that they were compiled of"));
        return None;
    }
    if is_utf16(bytes) {
        problems.cut_off();
        let place = SourceText::new(name, "").place(0..0);
        let problem = Diagnostic::new(Code::InvalidUtf8, place, "the file is UTF-16, not UTF-8");
        problems.add(problem.help("save the file as UTF-8"));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(SourceText::new(name, text)),
        Err(error) => {
            invalid_utf8(name, bytes, error, problems);
            None
        }
    }
}

/// Whether a file is UTF-16: by its mark, or by a zero in one byte of its first letter.
fn is_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    marked || matches!(bytes, [first, second, ..] if (*first == 0) != (*second == 0))
}

/// The place of the first byte that is no UTF-8, in the text as it would be with replacement characters.
fn invalid_utf8(name: &str, bytes: &[u8], error: std::str::Utf8Error, problems: &mut Problems) {
    let at = error.valid_up_to();
    let before = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default());
    let mut place = SourceText::new(name, &before).place(at..at);
    place.end = place.start + error.error_len().unwrap_or(1) as u32;
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message = format!("the byte 0x{byte:02X} at {at} is no UTF-8");
    problems.cut_off();
    problems.add(Diagnostic::new(Code::InvalidUtf8, place, message).help("save the file as UTF-8"));
}

struct Finder<'f> {
    kind: FileKind,
    limits: &'f Limits,
    problems: &'f mut Problems,
    files: Vec<PathBuf>,
    /// Real paths of the folders that are being visited, to find links that lead back.
    trail: Vec<PathBuf>,
}

impl Finder<'_> {
    fn visit(&mut self, path: &Path, named: bool) {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => return unreadable(path, &error, self.problems),
        };
        if metadata.is_dir() {
            self.folder(path, named);
        } else if named || is_yaml(path) {
            self.file(path);
        }
    }

    fn file(&mut self, path: &Path) {
        if self.files.len() == self.limits.files {
            let message = format!("the set has more than {} files", self.limits.files);
            refuse(&path.to_string_lossy(), Code::TooLarge, message, self.problems);
        }
        if self.files.len() <= self.limits.files {
            self.files.push(path.to_owned());
        }
    }

    fn folder(&mut self, path: &Path, named: bool) {
        if !named && self.kind == FileKind::Rules && path.file_name().is_some_and(|name| name == "tests") {
            return;
        }
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => return unreadable(path, &error, self.problems),
        };
        if self.trail.contains(&real) {
            return;
        }
        if self.trail.len() >= self.limits.safe_depth() {
            return refuse(
                &path.to_string_lossy(),
                Code::TooDeep,
                "folders are nested too deep".to_owned(),
                self.problems,
            );
        }
        self.trail.push(real);
        match entries(path) {
            Ok(entries) => entries.iter().for_each(|entry| self.visit(entry, false)),
            Err(error) => unreadable(path, &error, self.problems),
        }
        self.trail.pop();
    }
}

/// What a folder holds, in path order; hidden entries are not meant.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let all: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let mut all: Vec<PathBuf> = all?.into_iter().map(|entry| entry.path()).collect();
    all.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    all.sort();
    Ok(all)
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("yaml") || end.eq_ignore_ascii_case("yml"))
}
