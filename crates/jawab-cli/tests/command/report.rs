//! The report of `jawab eval --html`, in a real browser where one is installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::eval::folder;
use crate::run::jawab;

const RULES: &str = "\
jawab: 1
language: en
settings: {languages: [en], threshold: 0.6, fallback: {say: One moment.}}
intents:
  parcel: {any: [parcel], answer: It is on its way.}
  refund: {any: [refund], answer: Within five days.}
  hello: {any: [hello], answer: Hello.}
";

const DATA: &str = r#"{"text": "parcel", "intent": "parcel"}
{"text": "hello", "intent": "hello"}
{"text": "refund <img src=x onerror=document.title='broken'> </script><script>document.title='broken'</script>", "intent": "parcel"}
{"text": "nothing known", "intent": "refund"}
{"text": "hello king", "intent": null}
{"text": "who is king", "intent": null}
"#;

/// What a reader does with the page.
const READER: &str = include_str!("reader.js");

fn browser() -> Option<PathBuf> {
    let folders = std::env::split_paths(&std::env::var_os("PATH")?).collect::<Vec<_>>();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

fn page(name: &str) -> (PathBuf, String) {
    let (folder, page, _) = report(name, DATA);
    (folder, page)
}

/// The folder of a report, its page, and what the terminal shows.
fn report(name: &str, data: &str) -> (PathBuf, String, String) {
    report_of(name, RULES, data)
}

fn report_of(name: &str, rules: &str, data: &str) -> (PathBuf, String, String) {
    let folder = folder(name, &[("r.yaml", rules), ("d.jsonl", data)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&["eval", &path("r.yaml"), "--data", &path("d.jsonl"), "--html", &path("report.html")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    (folder, page, ran.out)
}

/// The page as the browser has it once its scripts have run.
fn shown(browser: &Path, folder: &Path, width: u32) -> String {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let file = format!("file://{}", folder.join("read.html").display());
    let size = format!("--window-size={width},900");
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
    command.arg("--allow-file-access-from-files");
    let ran = command.args([&profile, &size, "--dump-dom", &file]).output().unwrap();
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn the_report_is_one_page_that_loads_nothing_and_runs_no_message() {
    let (_, page) = page("report-page");
    assert!(!page.contains("<img src=x"), "a message is markup");
    assert_eq!(page.matches("<script").count(), 2, "a message is a script");
    for outside in ["http://", "https://", "<link", "@import", "url(", " src="] {
        let allowed = ["http://www.w3.org/2000/svg"];
        let rest = allowed.iter().fold(page.clone(), |page, known| page.replace(known, ""));
        let data =
            rest.split("id=\"data\">").next().unwrap().to_owned() + rest.rsplit("<script>").next().unwrap();
        assert!(!data.contains(outside), "{outside}");
    }
}

#[test]
fn a_browser_draws_sorts_and_filters_the_report() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no chromium is installed");
        return;
    };
    let (folder, page) = page("report-browser");
    fs::write(
        folder.join("read.html"),
        page.replace("</body>", &format!("<script>{READER}</script></body>")),
    )
    .unwrap();
    for width in [500, 1300] {
        let dom = shown(&browser, &folder, width);
        let told =
            dom.split("<pre id=\"told\">").nth(1).unwrap_or_else(|| panic!("the page did not run: {dom}"));
        for expected in [
            "title=jawab eval: ",
            "cards=13",
            "curves=",
            "matrix=",
            "matrix-of=3 rules",
            "heads=sideways",
            "rules=parcel,refund,hello",
            "focus=true",
            "rising=refund,parcel,hello ascending",
            "falling=hello,parcel,refund descending",
            "mistakes=3",
            "unsure=1",
            "king=1",
            "refund=2",
            "fits=true",
            "loaded=0",
        ] {
            assert!(told.contains(expected), "{width}: {expected}\n{}", told.split("</pre>").next().unwrap());
        }
    }
}

#[test]
fn shares_are_rounded_alike_in_the_terminal_and_on_the_page() {
    let right = "{\"text\": \"parcel\", \"intent\": \"parcel\"}\n".repeat(79);
    let data = right + "{\"text\": \"parcel\", \"intent\": \"hello\"}\n";
    let (folder, page, terminal) = report("report-rounding", &data);
    assert!(terminal.contains("1.3 %  0.2–6.7 "), "{terminal}");
    let Some(browser) = browser() else { return };
    fs::write(folder.join("read.html"), page).unwrap();
    let dom = shown(&browser, &folder, 1300);
    assert!(dom.contains("<b>1.3 %</b><small>0.2–6.7, 1 of 80 answered</small>"), "{dom}");
}

#[test]
fn where_all_answers_are_wrong_the_axis_ends_at_100_per_cent() {
    let Some(browser) = browser() else { return };
    let (folder, page, _) = report("report-axis", "{\"text\": \"parcel\", \"intent\": null}\n");
    fs::write(folder.join("read.html"), page).unwrap();
    let dom = shown(&browser, &folder, 1300);
    let risk =
        dom.split("id=\"risk\"").nth(1).and_then(|rest| rest.split("</figure>").next()).unwrap_or_default();
    assert!(risk.contains(">75 %<") && risk.contains(">100 %<") && !risk.contains(">105 %<"), "{risk}");
}

/// A window as wide as that of a phone, which a browser itself does not open, and what of the page is wider.
const PHONE: &str = r##"<iframe id="phone" src="report.html" style="width: 390px; height: 900px; border: 0"></iframe>
<script>
document.getElementById("phone").onload = ({ target }) => {
  const page = target.contentDocument;
  const { clientWidth: width, scrollWidth } = page.documentElement;
  const boxes = [...page.querySelectorAll("main > section > *, header > *, #mistakes li, .card, figure")];
  const wide = boxes.filter((box) => box.getBoundingClientRect().right > width).map((box) => box.id || box.tagName);
  const text = page.querySelector("#risk text").getBoundingClientRect().height;
  document.title = `fits: ${scrollWidth <= width}, too wide: [${wide}], texts of charts ${text >= 10 ? "large" : text}`;
};
</script>"##;

#[test]
fn on_a_phone_long_names_and_messages_stay_within_the_page() {
    let Some(browser) = browser() else { return };
    let long = "a-very-long-name".repeat(6);
    let rules = RULES.replace("parcel: {", &format!("{long}: {{"));
    let text = format!("parcel {} {}", "W".repeat(600), "我的包裹到底在哪里".repeat(40));
    let data = format!(
        "{{\"text\": \"{text}\", \"intent\": null}}\n{{\"text\": \"hello\", \"intent\": \"{long}\"}}\n"
    );
    let (folder, _, _) = report_of("report-phone", &rules, &data);
    fs::write(folder.join("read.html"), PHONE).unwrap();
    let dom = shown(&browser, &folder, 600);
    assert!(dom.contains("<title>fits: true, too wide: [], texts of charts large</title>"), "{dom}");
}
