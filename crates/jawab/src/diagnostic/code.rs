use serde::{Serialize, Serializer};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The rule set works, but probably not as its author wants.
    Warning,
    /// The rule set cannot be used.
    Error,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

macro_rules! codes {
    ($($name:literal $variant:ident $severity:ident,)*) => {
        /// The kinds of problems, each with a name that does not change between versions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name of the code, kebab-case.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad problems of this kind are.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// The page of the code in Markdown: what it means, an example that raises it, one that does not.
            pub fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("pages/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    "unreadable-file" UnreadableFile Error,
    "no-rules" NoRules Error,
    "compiled-rules" CompiledRules Error,
    "not-compiled-rules" NotCompiledRules Error,
    "other-compiled-version" OtherCompiledVersion Error,
    "damaged-compiled-rules" DamagedCompiledRules Error,
    "too-large" TooLarge Error,
    "too-many-problems" TooManyProblems Error,
    "invalid-utf8" InvalidUtf8 Error,
    "invalid-yaml" InvalidYaml Error,
    "tab-indentation" TabIndentation Error,
    "several-documents" SeveralDocuments Error,
    "too-deep" TooDeep Error,
    "unknown-alias" UnknownAlias Error,
    "yaml-tag" YamlTag Error,
    "merge-key" MergeKey Error,
    "yaml-changed-value" YamlChangedValue Error,
    "missing-version" MissingVersion Error,
    "wrong-version" WrongVersion Error,
    "missing-language" MissingLanguage Error,
    "unknown-key" UnknownKey Error,
    "missing-key" MissingKey Error,
    "duplicate-key" DuplicateKey Error,
    "wrong-type" WrongType Error,
    "empty-value" EmptyValue Error,
    "out-of-range" OutOfRange Error,
    "unknown-value" UnknownValue Error,
    "invalid-name" InvalidName Error,
    "invalid-language" InvalidLanguage Error,
    "invalid-duration" InvalidDuration Error,
    "invalid-hours" InvalidHours Error,
    "invalid-time-zone" InvalidTimeZone Error,
    "invalid-condition" InvalidCondition Error,
    "duplicate-settings" DuplicateSettings Error,
    "duplicate-entry" DuplicateEntry Error,
    "duplicate-rule" DuplicateRule Error,
    "unknown-team" UnknownTeam Error,
    "unknown-slot" UnknownSlot Error,
    "unknown-macro" UnknownMacro Error,
    "unknown-rule" UnknownRule Error,
    "recursive-macro" RecursiveMacro Error,
    "missing-evidence" MissingEvidence Error,
    "missing-outcome" MissingOutcome Error,
    "two-outcomes" TwoOutcomes Error,
    "invalid-pattern" InvalidPattern Error,
    "empty-pattern" EmptyPattern Error,
    "too-complex-pattern" TooComplexPattern Error,
    "invalid-regex" InvalidRegex Error,
    "too-large-regex" TooLargeRegex Error,
    "invalid-text" InvalidText Error,
    "unfillable-text" UnfillableText Error,
    "duplicate-question" DuplicateQuestion Warning,
    "near-duplicate-question" NearDuplicateQuestion Warning,
    "stolen-question" StolenQuestion Warning,
    "unanswered-question" UnansweredQuestion Warning,
    "shadowed-pattern" ShadowedPattern Warning,
    "ambiguous-pattern" AmbiguousPattern Warning,
    "unreachable-rule" UnreachableRule Warning,
    "failing-test" FailingTest Warning,
    "untranslated-rule" UntranslatedRule Warning,
    "too-long-text" TooLongText Warning,
    "unfinished-text" UnfinishedText Warning,
    "chat-abbreviation" ChatAbbreviation Warning,
    "impolite-word" ImpoliteWord Warning,
    "unused-vocabulary" UnusedVocabulary Warning,
    "no-effect" NoEffect Warning,
    "typographic-quotes" TypographicQuotes Warning,
    "literal-placeholder" LiteralPlaceholder Warning,
    "unclosed-regex" UnclosedRegex Warning,
    "regex-without-literal" RegexWithoutLiteral Warning,
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Code {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name).ok_or(())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
