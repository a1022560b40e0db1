//! The reference, sentence by sentence.

/// A sentence or row of a table in the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Heading of its section.
    pub section: String,
    /// Heading of the part of the section, where it has parts.
    pub part: Option<String>,
    /// The text on one line.
    pub text: String,
}

/// The sentences, list items and table rows of the numbered sections of a Markdown text, and the comments of their
/// examples.
pub fn sentences(markdown: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for section in markdown.split("\n## ").skip(1) {
        let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
        if heading.starts_with(|first: char| first.is_ascii_digit()) {
            found.extend(
                body.split("\n### ").enumerate().flat_map(|(at, part)| of_part(heading, at > 0, part)),
            );
        }
    }
    found
}

fn of_part(section: &str, is_headed: bool, text: &str) -> Vec<Sentence> {
    let (part, body) = if is_headed { text.split_once('\n').unwrap_or((text, "")) } else { ("", text) };
    let part = is_headed.then(|| part.to_owned());
    let texts = body.split("```").enumerate().flat_map(|(at, stretch)| {
        if at % 2 == 0 { stretch.split("\n\n").flat_map(paragraph).collect() } else { comments(stretch) }
    });
    texts.map(|text| Sentence { section: section.to_owned(), part: part.clone(), text }).collect()
}

fn comments(example: &str) -> Vec<String> {
    example
        .lines()
        .filter_map(|line| line.split_once(" # "))
        .map(|(_, text)| text.trim().to_owned())
        .collect()
}

fn paragraph(text: &str) -> Vec<String> {
    if text.trim_start().starts_with('|') {
        return text.trim().lines().skip(2).map(str::to_owned).collect();
    }
    let mut items = Vec::<String>::new();
    for line in text.trim().lines() {
        let item = line.starts_with(|first: char| first.is_ascii_digit()) && line.contains(". **");
        match items.last_mut() {
            Some(last) if !item => *last = format!("{last} {}", line.trim()),
            _ => items.push(line.trim().to_owned()),
        }
    }
    items.iter().flat_map(|item| split(item)).collect()
}

/// At a full stop before a capital letter, a bracketed or a marked word.
fn split(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        let next = text[at + 2..].chars().next();
        let numbered = text[start..at].chars().all(|c| c.is_ascii_digit());
        if !numbered && next.is_some_and(|next| next.is_uppercase() || next == '`' || next == '*') {
            sentences.push(text[start..=at].to_owned());
            start = at + 2;
        }
    }
    sentences.push(text[start..].to_owned());
    sentences.retain(|sentence| !sentence.trim().is_empty());
    sentences
}
