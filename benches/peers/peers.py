"""One peer on the rules and messages of a workload, in lines of JSON: what it finds, then, for every line that comes in,
microseconds a message in one more round; those of the last round once its time is used up."""

import json
import re
import sys
import time

SECONDS = 20.0


def hassil(rules):
    from hassil import Intents, recognize
    from hassil.intents import TextSlotList

    intents = {f"r{number}": {"data": [{"sentences": [rule["text"]]}]} for number, rule in enumerate(rules)}
    loaded = Intents.from_dict({"language": "id", "intents": intents})
    lists = {"none": TextSlotList.from_strings("none", ["none"])}

    def find(message):
        found = recognize(message, loaded, slot_lists=lists)
        return int(found.intent.name[1:]) if found else None

    return find


def rivescript(rules):
    from rivescript import RiveScript

    bot = RiveScript()
    lines = [f"+ {rule['text']}\n- r{number}\n" for number, rule in enumerate(rules)]
    bot.stream(["! version = 2.0", *"\n".join(lines).split("\n")])
    bot.sort_replies()

    def find(message):
        reply = bot.reply("user", message, errors_as_replies=False)
        return int(reply[1:])

    def safe(message):
        try:
            return find(message)
        except Exception:  # it raises where nothing matches
            return None

    return safe


def rapidfuzz(rules):
    from rapidfuzz import fuzz, process

    texts = [rule["text"] for rule in rules]

    def find(message):
        found = process.extractOne(message, texts, scorer=fuzz.token_set_ratio, score_cutoff=80)
        return found[2] if found else None

    return find


def re2(rules):
    import re2 as library

    options = library.Options()
    options.case_sensitive = False
    options.max_mem = 1 << 30
    options.log_errors = False
    # It names groups and has none without a name.
    sources = [re.sub(r"\?P<\w+>", "?:", rule["text"]) for rule in rules]
    filters = library.Set.SearchSet(options)
    for source in sources:
        filters.Add(source)
    filters.Compile()

    def find(message):
        found = filters.Match(message)
        return min(found) if found else None

    return find


def hyperscan(rules):
    import hyperscan as library

    flags = library.HS_FLAG_CASELESS | library.HS_FLAG_DOTALL | library.HS_FLAG_UTF8 | library.HS_FLAG_SINGLEMATCH
    # It names no groups.
    sources = [re.sub(r"\?P<\w+>", "?:", rule["text"]).encode() for rule in rules]
    database = library.Database()
    database.compile(expressions=sources, ids=range(len(sources)), elements=len(sources), flags=flags)

    def find(message):
        found = []
        database.scan(message.encode(), match_event_handler=lambda number, *_: found.append(number))
        return min(found) if found else None

    return find


def tantivy(rules):
    import tantivy as library

    schema = library.SchemaBuilder().add_unsigned_field("rule", stored=True).add_text_field("text").build()
    index = library.Index(schema)
    writer = index.writer(num_threads=1)
    for number, rule in enumerate(rules):
        writer.add_document(library.Document(rule=number, text=rule["text"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(message):
        terms = [library.Query.term_query(schema, "text", word) for word in re.findall(r"\w+", message.lower())]
        query = library.Query.boolean_query([(library.Occur.Should, term) for term in terms])
        hits = searcher.search(query, 1).hits
        return searcher.doc(hits[0][1])["rule"][0] if hits else None

    return find


def spacy_phrase_matcher(rules):
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("id")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, rule in enumerate(rules):
        matcher.add(str(number), [nlp.make_doc(rule["text"])])

    def find(message):
        found = matcher(nlp.make_doc(message))
        return int(nlp.vocab.strings[found[0][0]]) if found else None

    return find


def main():
    peer, file = sys.argv[1:]
    with open(file, encoding="utf-8") as text:
        workload = json.load(text)
    find = globals()[peer.replace("-", "_")](workload["rules"])
    start = time.thread_time()
    messages, found = [], []
    for message in workload["messages"]:
        messages.append(message)
        found.append(find(message))
        if time.thread_time() - start > SECONDS:
            break
    left = SECONDS - (time.thread_time() - start)
    micros = (time.thread_time() - start) * 1e6 / len(messages)
    print(json.dumps({"found": found}), flush=True)
    for _ in sys.stdin:
        if left > 0:
            start = time.thread_time()
            for message in messages:
                find(message)
            spent = time.thread_time() - start
            left, micros = left - spent, spent * 1e6 / len(messages)
        print(micros, flush=True)


main()
