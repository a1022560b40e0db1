//! E-mail addresses and URLs.

/// Links begin within so many bytes of the stretch that is searched at once: the longest e-mail address.
const WINDOW: usize = 254;
/// The longest link; the rest of a longer one is read as words.
const LONGEST: usize = 2048;

/// Ends of host names that make `name.end` a link where no `http` or `www` says so.
const TOP_LEVELS: [&str; 14] =
    ["com", "net", "org", "io", "app", "xyz", "info", "link", "site", "online", "ph", "cn", "sg", "id"];

/// The text from here up to the next white space, as far as links are looked for.
pub(super) fn stretch(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    let len = bytes.iter().take(WINDOW).position(|&byte| is_end(byte)).unwrap_or(bytes.len().min(WINDOW));
    text.get(at..at + len).unwrap_or_default()
}

/// The first link in a stretch.
pub(super) fn find(stretch: &str) -> Option<(usize, usize)> {
    let bytes = stretch.as_bytes();
    let dot = bytes.iter().position(|&byte| byte == b'.')?;
    if bytes.contains(&b'@') {
        return email(stretch);
    }
    marked(stretch).or_else(|| host(stretch, dot))
}

/// The end of a link of which one was found, past the window.
pub(super) fn extend(text: &str, start: usize, end: usize) -> usize {
    let path = text.as_bytes().get(end).is_some_and(|&byte| matches!(byte, b'/' | b'?' | b'#' | b':'));
    let marked = text.get(start..end).is_some_and(|link| link.contains("://") || link.starts_with("www."));
    if !path && !marked {
        return end;
    }
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let more = rest.iter().take(LONGEST).position(|&byte| is_end(byte)).unwrap_or(rest.len().min(LONGEST));
    end + trimmed(rest.get(..more).unwrap_or_default())
}

fn is_end(byte: u8) -> bool {
    byte <= b' ' || !byte.is_ascii() || matches!(byte, b'<' | b'>' | b'"' | 0x7f)
}

/// Length without the punctuation of the sentence around it.
fn trimmed(link: &[u8]) -> usize {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'=' | b'&' | b'_' | b'-');
    link.iter().rposition(inside).map_or(0, |last| last + 1)
}

fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.'
}

fn email(stretch: &str) -> Option<(usize, usize)> {
    let bytes = stretch.as_bytes();
    let at = bytes.iter().position(|&byte| byte == b'@')?;
    let is_local =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
    let before = bytes.get(..at)?;
    let mut start = before.iter().rposition(|byte| !is_local(byte)).map_or(0, |last| last + 1);
    start += before.get(start..)?.iter().position(u8::is_ascii_alphanumeric)?;
    let end = host_end(bytes, at + 1);
    let host = stretch.get(at + 1..end)?;
    let (name, top) = host.rsplit_once('.')?;
    let valid = !name.is_empty() && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    valid.then_some((start, end))
}

/// `http://…`, `https://…`, `www.…`; up to the end of the host at least.
fn marked(stretch: &str) -> Option<(usize, usize)> {
    let marks = ["https://", "http://", "www."];
    let found = marks.iter().filter_map(|mark| stretch.find(mark).map(|at| (at, at + mark.len())));
    let (start, host) = found.min()?;
    let end = host_end(stretch.as_bytes(), host);
    (end > host).then_some((start, end))
}

/// A bare host around the first dot: `klikbca.com`, `bca.co.id`.
fn host(stretch: &str, dot: usize) -> Option<(usize, usize)> {
    let bytes = stretch.as_bytes();
    let before = bytes.get(..dot)?;
    let start = before.iter().rposition(|&byte| !is_host(byte)).map_or(0, |last| last + 1);
    let end = host_end(bytes, dot);
    let (name, top) = stretch.get(start..end)?.rsplit_once('.')?;
    let letters = name.bytes().any(|byte| byte.is_ascii_alphabetic()) && name.len() >= 2;
    let path = bytes.get(end) == Some(&b'/');
    let known = TOP_LEVELS.contains(&top)
        || path && top.len() == 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    (letters && known).then_some((start, end))
}

/// End of the host name that starts here, without a last dot or hyphen.
fn host_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let len = rest.iter().position(|&byte| !is_host(byte)).unwrap_or(rest.len());
    let name = rest.get(..len).unwrap_or_default();
    start + name.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |last| last + 1)
}
