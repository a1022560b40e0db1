//! The format of scenario files, as data for the checker.

use crate::diagnostic::Code;
use crate::rules::format::{
    EXPECTED, FORMAT, LANGUAGE_TAG, LEVEL, NAME, NAMES, PRIORITIES, SHARE, TEXT, TEXT_OR_LIST,
};
use crate::rules::shape::{Field, Keys, Record, Shape};

static FLOOR: Record = Record {
    name: "floor",
    doc: "Shares of the messages below which the test fails.",
    fields: &[
        Field::new("right", &SHARE, "Least share that ends where it must."),
        Field::new("wrong", &SHARE, "Largest share that is answered wrongly."),
    ],
};
static FLOOR_RECORD: Shape = Shape::Record(&FLOOR);
static MESSAGE_CONTEXT: Shape = Shape::Map(Keys::Facts, &EXPECTED);
static MESSAGE: Record = Record {
    name: "message",
    doc: "A message with facts.",
    fields: &[
        Field::new("text", &TEXT, "What the customer writes.").required(Code::MissingKey),
        Field::new(
            "context",
            &MESSAGE_CONTEXT,
            "Facts passed with it; a dot in a key reaches into an object.",
        ),
    ],
};
static MESSAGE_RECORD: Shape = Shape::Record(&MESSAGE);
static ONE_MESSAGE: Shape = Shape::Either("a text, or `text` and `context`", &[&TEXT, &MESSAGE_RECORD]);
static MESSAGES: Shape = Shape::List(&ONE_MESSAGE);
static MESSAGES_BY_RULE: Shape = Shape::Map(Keys::Names, &MESSAGES);

static MOMENT: Shape = Shape::Moment;
static TONE: Shape = Shape::OneOf(&["anger", "urgency", "worry", "thanks"]);
static ACTION: Shape = Shape::OneOf(&["answer", "ask", "handoff", "ignore"]);
static EXPECTED_FIELDS: Shape = Shape::Map(Keys::Names, &EXPECTED);

/// What a decision must be; every key is one of the decision's own, or of its ticket.
static EXPECT: Record = Record {
    name: "expectation",
    doc: "What the decision must be.",
    fields: &[
        Field::new("action", &ACTION, "What is done."),
        Field::new("rule", &NAME, "The rule that decides."),
        Field::new("slot", &NAME, "The detail that is asked for."),
        Field::new("options", &NAMES, "The rules to choose from, in their order."),
        Field::new("reason", &NAME, "Why it is handed off or ignored."),
        Field::new("language", &LANGUAGE_TAG, "Language of the text."),
        Field::new("tone", &TONE, "How the customer sounds."),
        Field::new("team", &NAME, "Who takes it."),
        Field::new("level", &LEVEL, "Level of support."),
        Field::new("priority", &PRIORITIES, "How urgent it is."),
        Field::new("escalation", &NAMES, "Causes for which level or priority rose, in their order."),
        Field::new("respond_by", &MOMENT, "When a person must have answered."),
        Field::new("fields", &EXPECTED_FIELDS, "Values of details in the ticket; others may be there."),
        Field::new("missing", &NAMES, "Details that the ticket lacks, in their order."),
        Field::new("masked", &NAMES, "Kinds of what was masked in the message, in their order."),
        Field::new("text", &TEXT_OR_LIST, "What the text must contain, in any case."),
        Field::new("lacks", &TEXT_OR_LIST, "What the text must not contain, in any case."),
        Field::new("summary", &TEXT_OR_LIST, "What the ticket's summary must contain, in any case."),
    ],
};
static EXPECT_RECORD: Shape = Shape::Record(&EXPECT);

static TURN: Record = Record {
    name: "turn",
    doc: "What the customer writes, and what must come of it.",
    fields: &[
        Field::new(
            "customer",
            &TEXT_OR_LIST,
            "The message; a list: several, typed in a burst. Left out: an empty one.",
        ),
        Field::new("id", &TEXT, "The message's id with the host."),
        Field::new("time", &TEXT, "The fact `time`, as `2024-05-06T09:00:00+07:00`."),
        Field::new("context", &MESSAGE_CONTEXT, "Facts of this turn."),
        Field::new("expect", &EXPECT_RECORD, "What the decision must be.").required(Code::MissingKey),
    ],
};
static TURN_RECORD: Shape = Shape::Record(&TURN);
static TURNS: Shape = Shape::List(&TURN_RECORD);
static CONVERSATION: Record = Record {
    name: "conversation",
    doc: "A conversation with what must come of each turn.",
    fields: &[
        Field::new("context", &MESSAGE_CONTEXT, "Facts of the whole conversation."),
        Field::new("turns", &TURNS, "What the customer writes, in order.").required(Code::MissingKey),
    ],
};
static CONVERSATION_RECORD: Shape = Shape::Record(&CONVERSATION);
static CONVERSATION_OR_TURNS: Shape =
    Shape::Either("a list of turns, or `context` and `turns`", &[&TURNS, &CONVERSATION_RECORD]);
static CONVERSATIONS: Shape = Shape::Map(Keys::Names, &CONVERSATION_OR_TURNS);

/// A file of messages with where they must end.
pub(crate) static SCENARIO_FILE: Record = Record {
    name: "scenarios",
    doc: "Messages with the rules they must end in.",
    fields: &[
        FORMAT,
        Field::new("language", &LANGUAGE_TAG, "Language of the conversation of these messages."),
        Field::new("floor", &FLOOR_RECORD, "Shares below which the test of this file fails."),
        Field::new(
            "floor_of_all",
            &FLOOR_RECORD,
            "Shares of all scenario files together below which the test fails.",
        ),
        Field::new("messages", &MESSAGES_BY_RULE, "Messages by the rule that each must end in."),
        Field::new("unanswerable", &MESSAGES, "Messages that must be handed off as not understood."),
        Field::new("conversations", &CONVERSATIONS, "Conversations by name."),
    ],
};
