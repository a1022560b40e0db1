"""The shared library from Python by ctypes, without a line of C: what any language with a foreign function interface does.

    cargo xtask dist
    python3 examples/ctypes/support_platform.py target/dist/lib/libjawab.so rules/minimal.yaml < examples/events.tsv

An event is a line of chat, text and facts as JSON, with tabs between them. For Python itself there is a package of its
own in bindings/python.
"""

import ctypes
import sys

Handle = ctypes.c_void_p
OUT = ctypes.POINTER(Handle)
ACTIONS = ("send", "send", "send", "ignore")
HANDOFF = 2
PRIORITIES = ("low", "normal", "high", "urgent")
TEXT, REASON, TEAM = 0, 2, 4
PRIORITY, RESPOND_WITHIN = 2, 3


class Text(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("len", ctypes.c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.data, self.len).decode() if self.data else ""


def load(path):
    """The functions of the library with their types: `jawab_status` is an int, texts are a pointer and a length."""
    library = ctypes.CDLL(path)
    text = [ctypes.c_char_p, ctypes.c_size_t]
    calls = {
        "jawab_engine_from_path": [*text, OUT, OUT],
        "jawab_matcher_new": [Handle, OUT, OUT],
        "jawab_matcher_decide": [Handle, *text, Handle, OUT, OUT],
        "jawab_context_from_json": [*text, OUT, OUT],
        "jawab_decision_action": [Handle, ctypes.POINTER(ctypes.c_int32), OUT],
        "jawab_decision_field": [Handle, ctypes.c_int32, ctypes.POINTER(Text), OUT],
        "jawab_decision_number": [Handle, ctypes.c_int32, ctypes.POINTER(ctypes.c_double), OUT],
    }
    for name, parameters in calls.items():
        function = getattr(library, name)
        function.argtypes, function.restype = parameters, ctypes.c_int32
    for kind in ("engine", "matcher", "context", "decision", "error"):
        free = getattr(library, f"jawab_{kind}_free")
        free.argtypes, free.restype = [Handle], None
    library.jawab_error_message.argtypes, library.jawab_error_message.restype = [Handle], Text
    return library


class Desk:
    """An engine and a matcher of one thread."""

    def __init__(self, library, rules):
        self.library = library
        self.engine = self.made("jawab_engine_from_path", *encoded(rules))
        self.matcher = self.made("jawab_matcher_new", self.engine)

    def call(self, name, *arguments):
        error = Handle()
        if getattr(self.library, name)(*arguments, ctypes.byref(error)):
            message = str(self.library.jawab_error_message(error))
            self.library.jawab_error_free(error)
            raise ValueError(message)

    def made(self, name, *arguments):
        handle = Handle()
        self.call(name, *arguments, ctypes.byref(handle))
        return handle

    def field(self, decision, field):
        text = Text()
        self.call("jawab_decision_field", decision, field, ctypes.byref(text))
        return str(text)

    def number(self, decision, number):
        value = ctypes.c_double()
        self.call("jawab_decision_number", decision, number, ctypes.byref(value))
        return int(value.value)

    def commands(self, chat, text, facts):
        context = self.made("jawab_context_from_json", *encoded(facts))
        decision = self.made("jawab_matcher_decide", self.matcher, *encoded(text), context)
        action = ctypes.c_int32()
        self.call("jawab_decision_action", decision, ctypes.byref(action))
        verb = ACTIONS[action.value]
        yield chat, verb, self.field(decision, REASON if verb == "ignore" else TEXT)
        if action.value == HANDOFF:
            priority = PRIORITIES[self.number(decision, PRIORITY)]
            yield chat, "assign", self.field(decision, TEAM), priority, str(self.number(decision, RESPOND_WITHIN))
        self.library.jawab_decision_free(decision)
        self.library.jawab_context_free(context)

    def close(self):
        self.library.jawab_matcher_free(self.matcher)
        self.library.jawab_engine_free(self.engine)


def encoded(text):
    data = text.encode()
    return data, len(data)


def main():
    library, rules = sys.argv[1:]
    desk = Desk(load(library), rules)
    for event in sys.stdin:
        for command in desk.commands(*event.rstrip("\n").split("\t")):
            print("\t".join(command))
    desk.close()


main()
