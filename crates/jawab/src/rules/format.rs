//! The format of rule files, as data: read by the checker and printed as a JSON Schema.

use crate::diagnostic::Code;
use crate::privacy::Kind;
use crate::rules::shape::{Field, Keys, Record, Shape};
use crate::text::LANGUAGES;

pub(super) static TEXT: Shape = Shape::Text;
pub(super) static NAME: Shape = Shape::Name;
static DURATION: Shape = Shape::Duration;
static TEXT_LIST: Shape = Shape::List(&TEXT);
pub(super) static TEXT_OR_LIST: Shape = Shape::Either("a text or a list of texts", &[&TEXT, &TEXT_LIST]);
static BY_LANGUAGE: Shape = Shape::Map(Keys::Languages, &TEXT_OR_LIST);
static LINES: Shape =
    Shape::Either("a list of texts, or lists of texts by language", &[&TEXT, &TEXT_LIST, &BY_LANGUAGE]);

static TITLES: Shape = Shape::Map(Keys::Languages, &TEXT);
static TITLE: Shape = Shape::Either("a text, or texts by language", &[&TEXT, &TITLES]);

static PATTERN: Shape = Shape::Pattern;
static PATTERN_LIST: Shape = Shape::List(&PATTERN);
static PATTERN_OR_LIST: Shape = Shape::Either("a pattern or a list of patterns", &[&PATTERN, &PATTERN_LIST]);
static PATTERNS_BY_LANGUAGE: Shape = Shape::Map(Keys::Languages, &PATTERN_OR_LIST);
static PATTERNS: Shape = Shape::Either(
    "a list of patterns, or lists of patterns by language",
    &[&PATTERN, &PATTERN_LIST, &PATTERNS_BY_LANGUAGE],
);

pub(super) static EXPECTED: Shape = Shape::Expected;
static EXPECTED_LIST: Shape = Shape::List(&EXPECTED);
static EXPECTED_OR_LIST: Shape = Shape::Either("a value or a list of values", &[&EXPECTED, &EXPECTED_LIST]);
static WHEN: Shape = Shape::Map(Keys::Facts, &EXPECTED_OR_LIST);

static TEMPLATE: Shape = Shape::Template;
static VARIANT_RECORD: Shape = Shape::Record(&VARIANT);
static ONE_VARIANT: Shape = Shape::Either("a text, or `text` and `when`", &[&TEMPLATE, &VARIANT_RECORD]);
static VARIANTS: Shape = Shape::List(&ONE_VARIANT);
static VARIANTS_OF_LANGUAGE: Shape =
    Shape::Either("a text or a list of texts", &[&TEMPLATE, &VARIANT_RECORD, &VARIANTS]);
static VARIANTS_BY_LANGUAGE: Shape = Shape::Map(Keys::Languages, &VARIANTS_OF_LANGUAGE);
static SAYING: Shape = Shape::Either(
    "a text, a list of variants, or either of them by language",
    &[&TEMPLATE, &VARIANT_RECORD, &VARIANTS, &VARIANTS_BY_LANGUAGE],
);

/// One way to say a text.
pub(crate) static VARIANT: Record = Record {
    name: "variant",
    doc: "One way to say a text, with the facts it is for.",
    fields: &[
        Field::new("text", &TEMPLATE, "What to say; `{{ fact }}` stands for a fact of the context.")
            .required(Code::MissingKey),
        Field::new("when", &WHEN, "Facts that must hold for this text."),
    ],
};

pub(super) static PRIORITIES: Shape = Shape::OneOf(&["low", "normal", "high", "urgent"]);
pub(super) static LEVEL: Shape = Shape::Whole(1, 9);
pub(super) static NAMES: Shape = Shape::List(&NAME);

const RESPOND: Field =
    Field::new("respond_within", &DURATION, "Promised time to the first answer of a person.");
const UPDATE: Field =
    Field::new("update_every", &DURATION, "Promised time between two reports to the customer.");
const RESOLVE: Field = Field::new("resolve_within", &DURATION, "Promised time to the end of the matter.");
const TEAM: Field = Field::new("team", &NAME, "Who takes the conversation: a key of `teams`.");
const PRIORITY: Field = Field::new("priority", &PRIORITIES, "How urgent the handoff is.");
const SAY: Field = Field::new("say", &SAYING, "What the customer is told.");
const REASON: Field = Field::new("reason", &NAME, "Why, as a name for statistics.");
const LEVEL_FIELD: Field = Field::new("level", &LEVEL, "Level of support: 1 is the first.");
static COLLECTED: Record = Record {
    name: "detail",
    doc: "A detail to ask the customer for.",
    fields: &[
        Field::new("name", &NAME, "The slot.").required(Code::MissingKey),
        Field::new("ask", &SAYING, "How to ask for it."),
    ],
};
static COLLECTED_RECORD: Shape = Shape::Record(&COLLECTED);
static ONE_COLLECTED: Shape = Shape::Either("a name, or `name` and `ask`", &[&NAME, &COLLECTED_RECORD]);
static ALL_COLLECTED: Shape = Shape::List(&ONE_COLLECTED);
const COLLECT: Field =
    Field::new("collect", &ALL_COLLECTED, "Details to ask the customer for: slots, in this order.");
const TAGS: Field = Field::new("tags", &TEXT_LIST, "Tags of the ticket.");

static HANDOFF: Record = Record {
    name: "handoff",
    doc: "To whom the conversation is passed, and with what.",
    fields: &[TEAM, LEVEL_FIELD, PRIORITY, REASON, COLLECT, SAY, RESPOND, UPDATE, RESOLVE, TAGS],
};
static HANDOFF_RECORD: Shape = Shape::Record(&HANDOFF);

static FALLBACK: Record = Record {
    name: "fallback",
    doc: "The handoff when nothing may be answered.",
    fields: &[
        TEAM,
        LEVEL_FIELD,
        PRIORITY,
        REASON,
        COLLECT,
        SAY.required(Code::MissingKey),
        RESPOND,
        UPDATE,
        RESOLVE,
        TAGS,
    ],
};
static FALLBACK_RECORD: Shape = Shape::Record(&FALLBACK);

static OUT_OF_HOURS: Record = Record {
    name: "out of hours",
    doc: "What happens to handoffs while the team does not work.",
    fields: &[
        Field::new("team", &NAME, "Who takes them instead: a key of `teams`."),
        Field::new("say", &SAYING, "What the customer is told instead."),
    ],
};
static OUT_OF_HOURS_RECORD: Shape = Shape::Record(&OUT_OF_HOURS);
static HOURS: Shape = Shape::Hours;
static HOURS_LIST: Shape = Shape::List(&HOURS);
static HOURS_OR_LIST: Shape = Shape::Either("hours or a list of hours", &[&HOURS, &HOURS_LIST]);
static TIME_ZONE: Shape = Shape::Zone;
static TEAM_TIMES: Record = Record {
    name: "team",
    doc: "A team that takes handoffs, with the times it promises.",
    fields: &[
        RESPOND,
        UPDATE,
        RESOLVE,
        Field::new("hours", &HOURS_OR_LIST, "When it works: `Mon-Fri 09:00-17:00`; left out: always."),
        Field::new("time_zone", &TIME_ZONE, "The clock of its hours: `Asia/Jakarta`, `+07:00`."),
        Field::new("out_of_hours", &OUT_OF_HOURS_RECORD, "What happens while it does not work."),
    ],
};
static TEAM_RECORD: Shape = Shape::Record(&TEAM_TIMES);
static TEAMS: Shape = Shape::Map(Keys::Names, &TEAM_RECORD);

static TESTS: Record = Record {
    name: "tests",
    doc: "Messages that show what the rule is for.",
    fields: &[
        Field::new("matches", &TEXT_OR_LIST, "Messages that must end in this rule."),
        Field::new("rejects", &TEXT_OR_LIST, "Messages that must not end in this rule."),
    ],
};
static TESTS_RECORD: Shape = Shape::Record(&TESTS);

static SLOT_TYPES: Shape = Shape::Map(Keys::Names, &NAME);
static RULE_PRIORITY: Shape = Shape::Whole(-1_000_000, 1_000_000);

/// An entry of `faq` or `intents`.
pub(crate) static RULE: Record = Record {
    name: "rule",
    doc: "A rule: what it recognises and what it does.",
    fields: &[
        Field::new("title", &TITLE, "How the rule is named to a customer."),
        Field::new("questions", &LINES, "Example messages; other wordings of them are recognised, too."),
        Field::new("any", &PATTERNS, "Patterns; at least one must match."),
        Field::new(
            "all",
            &PATTERNS,
            "Patterns; every one must match (of one language, where they are given by language).",
        ),
        Field::new("none", &PATTERNS, "Patterns; if one matches, the rule does not apply."),
        Field::new("when", &WHEN, "Facts that must hold for the rule to apply."),
        Field::new(
            "priority",
            &RULE_PRIORITY,
            "A higher one wins over every lower one; 0 where it is left out.",
        ),
        Field::new(
            "slots",
            &SLOT_TYPES,
            "Types of the slots that patterns and `collect` name: a list or a built-in type.",
        ),
        Field::new("answer", &SAYING, "What to say."),
        Field::new("handoff", &HANDOFF_RECORD, "To whom to pass the conversation."),
        Field::new("category", &NAME, "What it is about, as a name for the desk; else the file's."),
        Field::new("tests", &TESTS_RECORD, "Messages that must, or must not, end in this rule."),
    ],
};
static RULE_RECORD: Shape = Shape::Record(&RULE);
static RULES: Shape = Shape::Map(Keys::Names, &RULE_RECORD);

static LANGUAGE_PACK: Shape = Shape::OneOf(&LANGUAGES);
static LANGUAGE_PACKS: Shape = Shape::List(&LANGUAGE_PACK);
pub(super) static SHARE: Shape = Shape::Share;
static YES_NO: Shape = Shape::YesNo;

static ASKS: Shape = Shape::Map(Keys::Names, &SAYING);
static OPENINGS: Record = Record {
    name: "openings",
    doc: "How texts begin for a customer who sounds so.",
    fields: &[
        Field::new("anger", &SAYING, "For an angry customer."),
        Field::new("urgency", &SAYING, "For one in a hurry."),
        Field::new("worry", &SAYING, "For one who is afraid for money or account."),
        Field::new("thanks", &SAYING, "For a grateful one."),
    ],
};
static OPENINGS_RECORD: Shape = Shape::Record(&OPENINGS);
static ESCALATION: Record = Record {
    name: "escalation",
    doc: "Facts for which level and priority are at least these.",
    fields: &[
        Field::new("cause", &NAME, "Why, as a name for statistics.").required(Code::MissingKey),
        Field::new("when", &WHEN, "Facts that must hold.").required(Code::MissingKey),
        LEVEL_FIELD,
        PRIORITY,
    ],
};
static ESCALATION_RECORD: Shape = Shape::Record(&ESCALATION);
static ESCALATIONS: Shape = Shape::List(&ESCALATION_RECORD);
static FEW: Shape = Shape::Whole(1, 9);
static TOPIC: Shape = Shape::Whole(1, 50);
static LIMITS: Record = Record {
    name: "limits",
    doc: "How long a conversation is carried on before a person takes over.",
    fields: &[
        Field::new("topic", &TOPIC, "Messages for which a topic lives; 3 where it is left out."),
        Field::new("same_answer", &FEW, "Times that one answer may be given; 2 where it is left out."),
        Field::new(
            "not_understood",
            &FEW,
            "The message in a row that is not understood with which a person takes over; 2 where it is left out.",
        ),
        Field::new("ask", &FEW, "Times that one detail is asked for; 2 where it is left out."),
    ],
};
static LIMITS_RECORD: Shape = Shape::Record(&LIMITS);
static PRIVATE: Shape = Shape::OneOf(Kind::NAMES);
static PRIVATE_LIST: Shape = Shape::List(&PRIVATE);
static PRIVACY: Record = Record {
    name: "privacy",
    doc: "What never comes out as the customer wrote it.",
    fields: &[Field::new("mask", &PRIVATE_LIST, "What is masked; left out: everything that is listed here.")],
};
static PRIVACY_RECORD: Shape = Shape::Record(&PRIVACY);

static SETTINGS: Record = Record {
    name: "settings",
    doc: "Settings of the whole set; at most once.",
    fields: &[
        Field::new(
            "languages",
            &LANGUAGE_PACKS,
            "Built-in language packs in use; left out: those of the set's texts.",
        ),
        Field::new("threshold", &SHARE, "Least confidence to answer; left out: computed from the questions."),
        Field::new("margin", &SHARE, "Least lead over the runner-up; closer is ambiguous."),
        Field::new("clarify", &YES_NO, "Whether to ask which rule was meant where two are too close."),
        Field::new("fallback", &FALLBACK_RECORD, "The handoff when nothing may be answered."),
        Field::new("privacy", &PRIVACY_RECORD, "What never comes out as the customer wrote it."),
        Field::new("out_of_scope", &LINES, "Messages that no rule answers."),
        Field::new("asks", &ASKS, "How to ask for details, by name, where a rule has no words of its own."),
        Field::new("openings", &OPENINGS_RECORD, "How texts begin, by the customer's tone."),
        Field::new("escalation", &ESCALATIONS, "For whom level and priority rise."),
        Field::new("limits", &LIMITS_RECORD, "How long a conversation is carried on."),
    ],
};
static SETTINGS_RECORD: Shape = Shape::Record(&SETTINGS);

static SPELLINGS: Shape = Shape::Map(Keys::Texts, &TEXT_OR_LIST);
static LIST_VALUES: Shape =
    Shape::Either("a list of values, or a map of values to how they are written", &[&TEXT_LIST, &SPELLINGS]);
static LISTS: Shape = Shape::Map(Keys::Names, &LIST_VALUES);
static MACROS: Shape = Shape::Map(Keys::Names, &PATTERN);
static VOCABULARY: Record = Record {
    name: "vocabulary",
    doc: "Words of the rule set.",
    fields: &[
        Field::new("fillers", &TEXT_LIST, "Words ignored wherever they stand."),
        Field::new("synonyms", &SPELLINGS, "A word and what means the same."),
        Field::new("lists", &LISTS, "Values of slots, each with how it is written."),
        Field::new("macros", &MACROS, "Named pieces of patterns, used as `<name>`."),
    ],
};
static VOCABULARY_RECORD: Shape = Shape::Record(&VOCABULARY);

static VERSION: Shape = Shape::Version;
pub(super) static LANGUAGE_TAG: Shape = Shape::LanguageTag;
pub(super) const FORMAT: Field =
    Field::new("jawab", &VERSION, "Version of the format: 1.").required(Code::MissingVersion);
const CATEGORY: Field =
    Field::new("category", &NAME, "What the rules of this file are about, as a name for the desk.");
const LANGUAGE: Field = Field::new("language", &LANGUAGE_TAG, "Language of the plain texts in this file.");

/// A rule file.
pub(crate) static RULE_FILE: Record = Record {
    name: "file",
    doc: "A file of a jawab rule set.",
    fields: &[
        FORMAT,
        LANGUAGE,
        CATEGORY,
        Field::new("settings", &SETTINGS_RECORD, "Settings of the whole set; at most once."),
        Field::new("vocabulary", &VOCABULARY_RECORD, "Words of the rule set."),
        Field::new("teams", &TEAMS, "Who takes handoffs."),
        Field::new("faq", &RULES, "Rules that answer questions, by id."),
        Field::new("intents", &RULES, "Rules that recognise what a customer wants, by id."),
    ],
};
