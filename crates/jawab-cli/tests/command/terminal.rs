use crate::diff::OLD;
use crate::eval::folder;
use crate::run::jawab;

/// It sets a title, colors, clears and turns what follows round.
const HOSTILE: &str = r"\u001b]0;pwned\u0007\nX \u001b[35mred \u009b2J\u202eturned";

/// What none of it may be on a terminal.
const RAW: [&str; 5] = ["\u{1b}]0;", "\u{7}", "\u{1b}[35m", "\u{9b}", "\u{202e}"];

#[test]
fn messages_of_strangers_do_not_steer_the_terminal() {
    let data = format!(
        "{{\"text\": \"parcel {HOSTILE}\", \"intent\": \"refund\"}}\n\
         {{\"text\": \"zork wuggle {HOSTILE}\", \"intent\": null}}\n\
         {{\"text\": \"zork wuggle {HOSTILE}!\", \"intent\": null}}\n"
    );
    let new = OLD.replace("any: [parcel]", "any: [post]");
    let folder = folder("terminal", &[("old.yaml", OLD), ("new.yaml", &new), ("d.jsonl", &data)]);
    let [old, new, data] =
        ["old.yaml", "new.yaml", "d.jsonl"].map(|file| folder.join(file).display().to_string());
    let hostile: String = serde_json::from_str(&format!("\"parcel {HOSTILE}\"")).unwrap();
    let runs: [(&[&str], bool); 5] = [
        (&["eval", &old, "--data", &data], true),
        (&["diff", &old, &new, "--data", &data], true),
        (&["bench", &old, "--messages", &data], true),
        (&["suggest", &old, "--data", &data], false),
        (&["ask", &old, "--explain", &hostile], false),
    ];
    for (arguments, shows) in runs {
        let ran = jawab(&[arguments, &["--color", "always"]].concat());
        RAW.iter().for_each(|raw| assert!(!ran.out.contains(raw), "{arguments:?}: {raw:?}\n{:?}", ran.out));
        assert!(!shows || ran.out.contains(HOSTILE), "{arguments:?}\n{}", ran.out);
    }
}
