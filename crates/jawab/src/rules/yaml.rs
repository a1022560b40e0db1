//! YAML text -> [`Node`]: the only place that knows the parser.

mod complaint;
mod unfinished;

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScanError, StrInput, Tag};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::rules::limits::Limits;
use crate::rules::node::{Node, Span, Value};
use crate::rules::problems::Problems;
use crate::rules::walk::{in_quotes, shown};
use complaint::{
    entry_without_space, explain, foreign_space, is_left_open, joined_key_near, left_open, tab_near,
    text_after_bracket,
};
use unfinished::{before, cut_ends, end_of, last_of, push, scalar};

/// What may still be read, over all files.
#[derive(Debug)]
pub(crate) struct Budget {
    nodes: usize,
    aliased_nodes: usize,
    depth: usize,
    /// Whether more was asked for than was left.
    exceeded: bool,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        let (nodes, aliased_nodes) = (limits.nodes, limits.aliased_nodes);
        Budget { nodes, aliased_nodes, depth: limits.safe_depth(), exceeded: false }
    }

    /// Whether one budget would have sufficed for all for which each of these did.
    pub(crate) fn suffices<'b>(limits: &Limits, mut spent: impl Iterator<Item = &'b Budget>) -> bool {
        let mut left = Budget::new(limits);
        spent.all(|part| {
            let rest = |left: usize, of: usize, part: usize| left.checked_sub(of - part);
            let nodes = rest(left.nodes, limits.nodes, part.nodes);
            let aliased = rest(left.aliased_nodes, limits.aliased_nodes, part.aliased_nodes);
            let Some((nodes, aliased)) = nodes.zip(aliased) else { return false };
            (left.nodes, left.aliased_nodes) = (nodes, aliased);
            !part.exceeded
        })
    }
}

/// The value of a file: all of it, or what stands before its first syntax error (then `cut`).
///
/// None where the file holds nothing.
pub(crate) fn read<'a>(
    source: &'a SourceText,
    budget: &mut Budget,
    problems: &mut Problems,
) -> Option<Node<'a>> {
    let mut reader = Reader::new(source, budget, problems);
    let finished = reader.read_events();
    if finished.is_err() {
        reader.close_all();
        let mut root = reader.root.take();
        root.as_mut().into_iter().for_each(cut_ends);
        return Some(root.unwrap_or(Node { value: Value::Null, span: Span::default(), cut: true }));
    }
    reader.root.take()
}

/// The rest of the file cannot be read; why has been reported.
struct Stop;

struct Reader<'a, 'b> {
    source: &'a SourceText,
    budget: &'b mut Budget,
    problems: &'b mut Problems,
    open: Vec<Open<'a>>,
    anchors: FxHashMap<usize, Anchored<'a>>,
    root: Option<Node<'a>>,
}

/// A list or map whose end has not been read.
struct Open<'a> {
    node: Node<'a>,
    key: Option<Node<'a>>,
    anchor: usize,
}

/// A value that aliases may stand for.
struct Anchored<'a> {
    node: Node<'a>,
    count: usize,
    depth: usize,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(source: &'a SourceText, budget: &'b mut Budget, problems: &'b mut Problems) -> Self {
        Reader { source, budget, problems, open: Vec::new(), anchors: FxHashMap::default(), root: None }
    }

    fn read_events(&mut self) -> Result<(), Stop> {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            flow_nesting_limit: self.budget.depth + 2,
            block_nesting_limit: self.budget.depth + 2,
        };
        let mut parser = Parser::<StrInput<'a>>::new_from_str_with_options(self.source.text(), options);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax_error(&error))?;
            self.event(event, Span::new(&span.byte_range().unwrap_or_default()))?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'a>, span: Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag, span);
                self.scalar(scalar(text, style, span), anchor)
            }
            Event::SequenceStart(_, anchor, tag) => self.open(Value::List(Vec::new()), anchor, tag, span),
            Event::MappingStart(_, anchor, tag) => self.open(Value::Map(Vec::new()), anchor, tag, span),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => self.alias(id, span),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, span),
            _ => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), Stop> {
        if self.root.is_none() {
            return Ok(());
        }
        let message = "a second document begins here; a rule file is one document";
        let help = "put it into a file of its own, or remove the `---`";
        Err(self.stop(Code::SeveralDocuments, span, message, Some(help)))
    }

    fn open(
        &mut self,
        value: Value<'a>,
        anchor: usize,
        tag: Option<Cow<'a, Tag>>,
        span: Span,
    ) -> Result<(), Stop> {
        self.refuse_tag(tag, span);
        self.spend(1, span)?;
        if self.open.len() >= self.budget.depth {
            return Err(self.too_deep(span));
        }
        self.open.push(Open { node: Node::new(value, span), key: None, anchor });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Stop> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        open.node.span.end = end_of(&open.node, span);
        self.keep_anchored(&open.node, open.anchor)?;
        self.add(open.node);
        Ok(())
    }

    /// Closes what a syntax error left open.
    fn close_all(&mut self) {
        while let Some(mut open) = self.open.pop() {
            open.node.cut = true;
            if let Some(key) = open.key.take() {
                let nothing = Node { value: Value::Null, span: key.span, cut: true };
                push(&mut open.node, key, nothing);
            }
            open.node.span.end = end_of(&open.node, open.node.span);
            self.add(open.node);
        }
    }

    fn scalar(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Stop> {
        self.spend(1, node.span)?;
        self.keep_anchored(&node, anchor)?;
        let is_key = self
            .open
            .last()
            .is_some_and(|open| open.key.is_none() && matches!(open.node.value, Value::Map(_)));
        if let Some(space) = node.plain_text().filter(|_| is_key).and_then(foreign_space) {
            return Err(self.foreign_indent(node.span, space));
        }
        self.add(node);
        Ok(())
    }

    fn foreign_indent(&mut self, key: Span, space: char) -> Stop {
        self.cut_last();
        let start = key.start as usize;
        let message =
            format!("the character U+{:04X} stands before this key: it is no space", u32::from(space));
        let help = "indent with spaces; a copied text may bring others that look like them";
        self.stop(Code::InvalidYaml, Span::new(&(start..start + space.len_utf8())), &message, Some(help))
    }

    /// Copies are what anchors cost, too: nested ones would copy the innermost value over and over.
    fn keep_anchored(&mut self, node: &Node<'a>, anchor: usize) -> Result<(), Stop> {
        if anchor != 0 {
            let (count, depth) = node.size();
            self.spend_aliased(count, node.span)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), count, depth });
        }
        Ok(())
    }

    fn add(&mut self, node: Node<'a>) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut open.node.value, open.key.take()) {
            (Value::List(items), _) => items.push(node),
            (Value::Map(entries), Some(key)) => entries.push((key, node)),
            _ => open.key = Some(node),
        }
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<(), Stop> {
        let Some(target) = self.anchors.get(&id) else {
            let message = "this alias stands inside the value that it names";
            return Err(self.stop(Code::UnknownAlias, span, message, None));
        };
        let (count, depth, mut node) = (target.count, target.depth, target.node.clone());
        node.span = span;
        if self.open.len() + depth > self.budget.depth {
            return Err(self.too_deep(span));
        }
        self.spend_aliased(count, span)?;
        self.spend(count, span)?;
        self.add(node);
        Ok(())
    }

    fn spend_aliased(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        let Some(left) = self.budget.aliased_nodes.checked_sub(nodes) else {
            self.budget.exceeded = true;
            let message = "the aliases of this rule set stand for too many values";
            return Err(self.stop(
                Code::TooLarge,
                span,
                message,
                Some("write the values out, or use fewer of them"),
            ));
        };
        self.budget.aliased_nodes = left;
        Ok(())
    }

    fn unknown_alias(&mut self, name: &str, span: Span) -> Result<(), Stop> {
        let message = format!("no anchor `&{name}` stands before this alias");
        let help = format!("if the text itself begins with `*`, put it in quotes: \"*{name}\"");
        self.report(Code::UnknownAlias, span, message, Some(&help));
        self.scalar(Node { value: Value::Null, span, cut: true }, 0)
    }

    fn spend(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        let Some(left) = self.budget.nodes.checked_sub(nodes) else {
            self.budget.exceeded = true;
            let message = "the rule set holds too many values";
            return Err(self.stop(Code::TooLarge, span, message, None));
        };
        self.budget.nodes = left;
        Ok(())
    }

    fn refuse_tag(&mut self, tag: Option<Cow<'a, Tag>>, span: Span) {
        let Some(tag) = tag else { return };
        let written = tag.original();
        let message = format!("the tag `{written}` has no meaning in a rule file");
        let help = "remove it; a text that begins with `!` goes in quotes";
        let at = before(self.source.text(), span.start as usize, &written);
        self.report(Code::YamlTag, at.map_or(span, |at| Span::new(&at)), message, Some(help));
    }

    fn too_deep(&mut self, span: Span) -> Stop {
        let message = format!("lists and maps are nested deeper than {}", self.budget.depth);
        self.stop(Code::TooDeep, span, &message, Some("a rule file needs no more than eight levels"))
    }

    fn syntax_error(&mut self, error: &ScanError) -> Stop {
        let at = error.marker().byte_offset().unwrap_or_default();
        let length =
            self.source.text().get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = Span::new(&(at..at + length));
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return self.too_deep(span);
        }
        if let Some(tab) = tab_near(self.source.text(), at) {
            return self.stop(
                Code::TabIndentation,
                tab,
                "a tab indents this line",
                Some("indent with spaces"),
            );
        }
        self.slip(at, span).unwrap_or_else(|| {
            let (message, help) = explain(error);
            self.stop(Code::InvalidYaml, span, &message, Some(help))
        })
    }

    /// What its author most likely forgot where the file cannot be read further; reported then.
    fn slip(&mut self, at: usize, span: Span) -> Option<Stop> {
        let text = self.source.text();
        if let Some(entry) = text_after_bracket(text, at) {
            self.cut_last();
            let help = format!("a text that begins with a bracket goes in quotes: {}", in_quotes(entry));
            let message = "more text stands behind the closing bracket";
            return Some(self.stop(Code::InvalidYaml, span, message, Some(&help)));
        }
        if let Some(entry) = entry_without_space(text, at) {
            let help = format!("write `- {}`", shown(entry));
            return Some(self.stop(
                Code::InvalidYaml,
                span,
                "a space is missing behind the `-`",
                Some(&help),
            ));
        }
        let open = self.open.last().map_or(0, |open| open.node.span.start as usize);
        if is_left_open(text, open, at) {
            let (message, help) = left_open(text.get(open..).unwrap_or_default().starts_with('['));
            return Some(self.stop(Code::InvalidYaml, Span::new(&(open..open + 1)), message, Some(help)));
        }
        let (span, message, help) = joined_key_near(text, at)?;
        self.cut_last();
        Some(self.stop(Code::InvalidYaml, span, message, Some(&help)))
    }

    /// What was read last is not what its author meant.
    fn cut_last(&mut self) {
        let mut last = self.open.last_mut().and_then(|open| last_of(&mut open.node));
        while let Some(node) = last {
            node.cut = true;
            last = last_of(node);
        }
    }

    fn stop(&mut self, code: Code, span: Span, message: &str, help: Option<&str>) -> Stop {
        self.report(code, span, message.to_owned(), help);
        self.problems.cut_off();
        Stop
    }

    fn report(&mut self, code: Code, span: Span, message: String, help: Option<&str>) {
        let mut diagnostic = Diagnostic::new(code, span.place(self.source), message);
        diagnostic.help = help.map(str::to_owned);
        self.problems.add(diagnostic);
    }
}
