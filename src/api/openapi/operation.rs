//! One operation: what is asked, what is sent, and everything that can be answered.

use serde_json::{Map, Value, json};

use super::{answer, parameter};

/// What an operation does with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Reads.
    Get,
    /// Adds.
    Post,
    /// Puts the next version in place.
    Put,
}

impl Verb {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
        }
    }
}

/// One operation.
pub(super) struct Operation<'a> {
    pub(super) verb: Verb,
    pub(super) path: String,
    pub(super) tag: &'a str,
    pub(super) summary: String,
    /// The parameters that may be asked, each with what it is about; what each may be follows from path and name.
    pub(super) query: Vec<(&'a str, &'a str)>,
    /// The headers that may be sent, and whether each must be.
    pub(super) headers: Vec<(&'a str, bool)>,
    pub(super) body: Option<Value>,
    /// The content type of the body.
    pub(super) sends: &'static str,
    pub(super) success: u16,
    /// What is answered where all goes well; by status, content type and form.
    pub(super) answers: Vec<(u16, &'static str, Value)>,
    /// Statuses that only this operation answers.
    pub(super) faults: Vec<u16>,
}

impl<'a> Operation<'a> {
    pub(super) fn get(path: impl Into<String>, tag: &'a str, summary: impl Into<String>) -> Self {
        Self {
            verb: Verb::Get,
            path: path.into(),
            tag,
            summary: summary.into(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            sends: "application/json",
            success: 200,
            answers: Vec::new(),
            faults: Vec::new(),
        }
    }

    pub(super) fn post(
        path: impl Into<String>,
        tag: &'a str,
        summary: impl Into<String>,
        body: Value,
    ) -> Self {
        let headers = vec![("Idempotency-Key", false)];
        let get = Self::get(path, tag, summary);
        Self { verb: Verb::Post, headers, body: Some(body), success: 201, ..get }
    }

    pub(super) fn asking(mut self, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.query.extend(query);
        self
    }

    /// Answers JSON of this form.
    pub(super) fn answering(self, schema: Value) -> Self {
        let success = self.success;
        self.also(success, "application/json", schema)
    }

    /// Also answers this.
    pub(super) fn also(mut self, status: u16, content: &'static str, schema: Value) -> Self {
        self.answers.push((status, content, schema));
        self
    }

    /// Also answers with these faults.
    pub(super) fn failing(mut self, faults: impl IntoIterator<Item = u16>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// May everybody do it, without a token?
    pub(super) fn is_open(&self) -> bool {
        !self.path.starts_with("/api/v1/") && self.path != "/metrics"
    }

    pub(super) fn is_of_hapi(&self) -> bool {
        self.path.starts_with("/api/v2/")
    }

    pub(super) fn add_to(self, paths: &mut Map<String, Value>) {
        let responses = answer::responses(&self);
        let parameters = parameter::all(&self);
        let mut operation = json!({
            "tags": [self.tag], "summary": self.summary, "parameters": parameters,
            "operationId": format!("{}_{}", self.verb.as_str(), self.path.replace(['/', '{', '}', '.', '-'], "_")),
            "responses": responses,
        });
        if self.is_open() {
            operation["security"] = json!([]);
        }
        if let Some(schema) = self.body {
            operation["requestBody"] =
                json!({ "required": true, "content": { self.sends: { "schema": schema } } });
        }
        let entry = paths.entry(self.path).or_insert_with(|| json!({}));
        entry[self.verb.as_str()] = operation;
    }
}
