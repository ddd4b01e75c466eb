//! `passage mcp`, spoken to as its clients speak: one JSON message a line over standard input and output.
#![cfg(test)]

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A data folder with the history of Syria in it.
static DATA: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/syria-2016");
    let mut import = program("import", folder.path());
    let said = import.args(["--as-reported", seeds]).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    folder
});

fn program(command: &str, data: &std::path::Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_passage"));
    program.arg(command).arg("--data").arg(data);
    program
}

/// A running `passage mcp` and what stands between it and us.
struct Model {
    child: Child,
    asks: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
    asked: u64,
}

impl Model {
    /// One that has greeted; gives what it was told.
    fn greeted(clearance: &str) -> (Self, Value) {
        let mut mcp = program("mcp", DATA.path());
        let mcp = mcp.args(["--clearance", clearance]);
        let mut child =
            mcp.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (asks, answers) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut model = Self { child, asks, answers: answers.lines(), asked: 0 };
        let told = model.asks(
            "initialize",
            &json!({ "protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": { "name": "tests", "version": "1" } }),
        );
        model.writes(
            &json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string(),
        );
        (model, told["result"].clone())
    }

    fn writes(&mut self, line: &str) {
        let asks = self.asks.as_mut().unwrap();
        writeln!(asks, "{line}").unwrap();
        asks.flush().unwrap();
    }

    /// The next message that has our number; every line must be a message.
    fn asks(&mut self, method: &str, with: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let question = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": with });
        self.writes(&question.to_string());
        loop {
            let line = self.answers.next().expect("an answer").unwrap();
            let message: Value = serde_json::from_str(&line).expect(&line);
            assert_eq!(message["jsonrpc"], "2.0");
            if message["id"] == id {
                return message;
            }
        }
    }

    /// What a tool answers.
    fn calls(&mut self, tool: &str, with: &Value) -> Value {
        self.asks("tools/call", &json!({ "name": tool, "arguments": with }))["result"].clone()
    }

    /// The answer of a tool that had one.
    fn told(&mut self, tool: &str, with: &Value) -> Value {
        let result = self.calls(tool, with);
        assert_ne!(result["isError"], true, "{tool}: {result}");
        result["structuredContent"].clone()
    }

    /// What a tool says is wrong.
    fn refused(&mut self, tool: &str, with: &Value) -> String {
        let result = self.calls(tool, with);
        assert_eq!(result["isError"], true, "{tool}: {result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        drop(self.asks.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn whoever_greets_is_told_what_must_not_be_done_with_figures_and_which_tools_there_are() {
    let (mut model, told) = Model::greeted("public");
    assert_eq!(told["serverInfo"]["name"], "passage");
    let instructions = told["instructions"].as_str().unwrap();
    assert!(instructions.contains("Never add figures up"), "{instructions}");
    let listed = model.asks("tools/list", &json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["totals", "coverage", "outlook", "alerts", "convoys", "pauses", "throughput", "plan"]
    );
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
    }
}

#[test]
fn every_answer_carries_its_method_its_sources_and_the_warning() {
    let (mut model, _) = Model::greeted("internal");
    let day = json!({ "as_of": "2016-07-26" });
    let pause = "pauses";
    for tool in ["totals", "coverage", "outlook", "alerts", "convoys", pause] {
        let mut asked = day.clone();
        if ["convoys", pause].contains(&tool) {
            asked["limit"] = json!(5);
        }
        if ["coverage", "outlook"].contains(&tool) {
            asked["area"] = json!("SY-EAST-ALEPPO");
        }
        if tool == "alerts" {
            asked["severity"] = json!("critical");
        }
        let told = model.told(tool, &asked);
        assert!(told["warning"].as_str().unwrap().starts_with("Do not add"), "{tool}");
        assert!(!told["method"].as_str().unwrap().is_empty(), "{tool}");
        assert_eq!(told["clearance"], "internal", "{tool}");
        assert!(told["answer"].is_object(), "{tool}");
        if tool != "coverage" {
            let sources = told["sources"].as_array().unwrap();
            assert!(!sources.is_empty(), "{tool}: {}", told["answer"]);
        }
    }
}

#[test]
fn a_plan_is_worked_out_and_nothing_of_it_is_kept() {
    let (mut model, _) = Model::greeted("internal");
    let asked = json!({ "as_of": "2016-07-26", "horizon_days": 30,
        "areas": [{ "area": "SY-EAST-ALEPPO" }],
        "windows": [{ "at": "2016-07-28", "loads": 5 }] });
    let told = model.calls("plan", &asked);
    let said = told["content"][0]["text"].as_str().unwrap_or_default().to_owned();
    assert_ne!(told["isError"], true, "{said}");
    let wrong = model.refused("plan", &json!({ "save": true }));
    assert!(wrong.starts_with("plan does not take save; it takes "), "{wrong}");
    let listed = program("export", DATA.path()).args(["--kind", "plan"]).output();
    assert!(!String::from_utf8_lossy(&listed.unwrap().stdout).contains("SY-EAST-ALEPPO"));
}

#[test]
fn what_is_wrong_is_said_in_sentences() {
    let (mut model, _) = Model::greeted("public");
    let wrong = model.refused("totals", &json!({ "as_of": "tomorrow" }));
    assert!(wrong.contains("as_of"), "{wrong}");
    let wrong = model.refused("totals", &json!({ "scheme": { "of": "un" } }));
    assert_eq!(wrong, "scheme must be a text or a number");
    let wrong = model.refused("throughput", &json!({}));
    assert_eq!(wrong, "throughput needs reference, a text");
    let wrong = model.refused("throughput", &json!({ "reference": "no-such-pause" }));
    assert!(wrong.contains("no-such-pause"), "{wrong}");
    let wrong = model.refused("sums", &json!({}));
    assert!(wrong.starts_with("there is no tool sums; there are totals, "), "{wrong}");
    assert_eq!(model.asks("tools/nothing", &json!({}))["error"]["code"], -32601);
}

#[test]
fn who_may_know_less_is_told_less() {
    let (mut public, _) = Model::greeted("public");
    let (mut internal, _) = Model::greeted("internal");
    let asked = json!({ "as_of": "2016-07-26", "limit": 1000 });
    let all = internal.told("convoys", &asked)["answer"]["data"].as_array().unwrap().len();
    let some = public.told("convoys", &asked)["answer"]["data"].as_array().unwrap().len();
    assert!(all > 0 && some <= all, "{some} of {all}");
}

#[test]
fn a_broken_line_ends_nothing_and_the_end_of_the_input_ends_it() {
    let (mut model, _) = Model::greeted("public");
    model.writes("{ this is no message");
    let told = model.told("totals", &json!({ "as_of": "2016-07-26" }));
    assert!(told["answer"]["schemes"].is_array());
    drop(model.asks.take());
    assert!(model.child.wait().unwrap().success());
}
