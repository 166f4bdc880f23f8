//! Chromium without a window, driven over its `DevTools` protocol: messages go
//! through a pipe, so that no port is open and no crate is needed.

#![expect(clippy::print_stderr, reason = "a test that did not run says so")]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

/// Where a browser may be.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// The browser's end of the pipe is its third and fourth file; the shell puts
/// them there.
const START: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 >/dev/null 2>&1";
const LONG: Duration = Duration::from_secs(120);

/// One at a time: each wants a processor of its own.
static TURN: Mutex<()> = Mutex::new(());

/// A browser with one page.
pub struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    events: VecDeque<Value>,
    last: u64,
    session: Option<String>,
    _profile: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// `None`, said aloud, where there is none and none is required.
    pub fn start() -> Option<Self> {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(name) = NAMES.into_iter().find(|name| is_installed(name)) else {
            assert!(
                std::env::var_os("DRAWDOWN_BROWSER").is_none_or(|wanted| wanted != "required"),
                "no browser is installed: one of {NAMES:?}"
            );
            eprintln!("skipped: no browser is installed ({})", NAMES.join(", "));
            return None;
        };
        let profile = tempfile::tempdir().expect("a profile");
        let mut child = Command::new("sh")
            .args(["-c", START, name, "--headless", "--no-sandbox", "--disable-gpu"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--disable-dev-shm-usage"])
            .arg("--remote-debugging-pipe")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a browser");
        let input = child.stdin.take().expect("a pipe");
        let output = child.stdout.take().expect("a pipe");
        let (send, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("a message");
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser = Self {
            child,
            input,
            messages,
            events: VecDeque::new(),
            last: 0,
            session: None,
            _profile: profile,
            _turn: turn,
        };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.call("Target.attachToTarget", &attach);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    fn message(&self) -> Value {
        self.messages.recv_timeout(LONG).expect("an answer from the browser")
    }

    /// Calls a method of the protocol.
    #[track_caller]
    pub fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.input.write_all(&bytes).expect("a browser that listens");
        loop {
            let mut answer = self.message();
            if answer["id"] == self.last {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].take();
            }
            self.events.push_back(answer);
        }
    }

    /// Opens a file, and waits until it is there.
    pub fn open(&mut self, path: &Path) {
        self.events.clear();
        self.call("Page.navigate", &json!({ "url": format!("file://{}", path.display()) }));
        let is_there = |event: &Value| event["method"] == "Page.loadEventFired";
        while !self.events.iter().any(is_there) {
            let event = self.message();
            self.events.push_back(event);
        }
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub fn value(&mut self, expression: &str) -> Value {
        let asked =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.call("Runtime.evaluate", &asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    /// The same, as text.
    #[track_caller]
    pub fn text(&mut self, expression: &str) -> String {
        let value = self.value(expression);
        value.as_str().unwrap_or_else(|| panic!("{expression}: {value}")).to_owned()
    }

    /// Presses a key.
    pub fn press(&mut self, key: &str, text: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let code = match key {
                "Enter" => 13,
                "Tab" => 9,
                "Escape" => 27,
                _ => 0,
            };
            let pressed = json!({
                "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code,
            });
            self.call("Input.dispatchKeyEvent", &pressed);
        }
    }

    /// Types a text where the focus is.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({ "text": text }));
    }

    /// What the page and its console complained about, and every address that
    /// was asked for but the page itself.
    pub fn complaints(&mut self) -> Vec<String> {
        // What is under way has arrived once this is answered.
        self.value("new Promise((done) => setTimeout(done, 50))");
        let complains = |event: &&Value| {
            matches!(
                event["method"].as_str(),
                Some(
                    "Runtime.exceptionThrown"
                        | "Runtime.consoleAPICalled"
                        | "Log.entryAdded"
                        | "Page.javascriptDialogOpening"
                )
            )
        };
        let asks = |event: &&Value| event["method"] == "Network.requestWillBeSent";
        let asked = self.events.iter().filter(asks).skip(1);
        self.events.iter().filter(complains).chain(asked).map(Value::to_string).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_installed(name: &str) -> bool {
    let asked = Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", name]).status();
    asked.is_ok_and(|status| status.success())
}
