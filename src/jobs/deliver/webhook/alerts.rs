//! Alerts in the shape that receivers of Alertmanager's webhooks (version 4) accept.

use chrono::SecondsFormat;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::domain::alert::link;
use crate::situation::alert::life::Episode;

/// What an alert that still burns has as its end: Alertmanager's own word for "not yet".
const NO_END: &str = "0001-01-01T00:00:00Z";

/// An alert as a recipient is told it.
#[derive(Debug, Clone)]
pub struct AlertTold<'a> {
    /// The id of the alert.
    pub id: Uuid,
    /// What it is recognised by; the alert itself has none where what it spoke of was closed to who is told.
    pub key: &'a str,
    /// The alert.
    pub episode: &'a Episode,
    /// What is said of it, in the recipient's language.
    pub text: String,
}

/// The body of a call: all alerts that a recipient is told of at once. Links begin with `public_url` and are left out
/// where that is empty.
#[must_use]
pub fn alerts(receiver: &str, told: &[AlertTold<'_>], public_url: &str) -> Value {
    let each: Vec<Value> = told.iter().map(|told| alert(told, public_url)).collect();
    let is_open = told.iter().any(|told| told.episode.resolved_at.is_none());
    json!({
        "version": "4",
        "receiver": receiver,
        "status": status(is_open),
        "groupKey": format!("passage/{receiver}"),
        "groupLabels": {},
        "commonLabels": common(&each, "labels"),
        "commonAnnotations": common(&each, "annotations"),
        "externalURL": public_url,
        "truncatedAlerts": 0,
        "alerts": each,
    })
}

fn alert(told: &AlertTold<'_>, public_url: &str) -> Value {
    let Episode { alert, number, gravest, raised_at, resolved_at, .. } = told.episode;
    let at =
        |time: chrono::DateTime<chrono::Utc>| time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    json!({
        "status": status(resolved_at.is_none()),
        "labels": {
            "alertname": alert.rule,
            "key": alert.key,
            "severity": alert.severity,
            "subject_kind": alert.subject.kind,
            "subject": alert.subject.code,
            "areas": alert.areas.join(","),
        },
        "annotations": {
            "summary": told.text,
            "episode": number.to_string(),
            "gravest": gravest,
        },
        "startsAt": at(*raised_at),
        "endsAt": resolved_at.map_or_else(|| NO_END.to_owned(), at),
        "generatorURL": link(public_url, told.id),
        "fingerprint": fingerprint(told.key),
    })
}

const fn status(is_open: bool) -> &'static str {
    if is_open { "firing" } else { "resolved" }
}

/// What all alerts have alike.
fn common(alerts: &[Value], of: &str) -> Map<String, Value> {
    let all: Vec<&Map<String, Value>> =
        alerts.iter().filter_map(|alert| alert[of].as_object()).collect();
    let Some((first, others)) = all.split_first() else { return Map::new() };
    let alike = first.iter().filter(|(name, value)| {
        others.iter().all(|other| other.get(name.as_str()) == Some(*value))
    });
    alike.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// By which receivers know an alert again: of its key alone, so a change of severity is no other alert.
fn fingerprint(key: &str) -> String {
    /// 64 bits, as Alertmanager's.
    const DIGITS: usize = 16;
    blake3::hash(key.as_bytes()).to_hex().chars().take(DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::domain::Kind;
    use crate::situation::alert::{Alert, Rule, Severity, Subject};

    fn episode(code: &str, severity: Severity, is_open: bool) -> Episode {
        let raised_at = DateTime::UNIX_EPOCH + TimeDelta::days(16_983);
        let subject = Subject { kind: Kind::Area, code: code.to_owned(), name: None };
        let alert = Alert {
            key: format!("runout/{code}"),
            rule: Rule::Runout,
            severity,
            subject,
            areas: vec![code.to_owned()],
            text: format!("{code} runs out"),
            said: Vec::new(),
            numbers: Map::new(),
            since: None,
            records: Vec::new(),
            sources: Vec::new(),
        };
        let resolved_at = (!is_open).then(|| raised_at + TimeDelta::hours(2));
        Episode {
            alert,
            number: 2,
            gravest: Severity::Critical,
            raised_at,
            updated_at: raised_at,
            resolved_at,
        }
    }

    fn told<'a>(id: u128, episode: &'a Episode, text: &str) -> AlertTold<'a> {
        let key = &episode.alert.key;
        AlertTold { id: Uuid::from_u128(id), key, episode, text: text.to_owned() }
    }

    /// A call about one alert that is open and one that is over.
    fn body() -> Value {
        let open = episode("SY-DARAYA", Severity::High, true);
        let over = episode("SY-MADAYA", Severity::High, false);
        let told = [
            told(1, &open, "Food in Daraya ends in 6 days."),
            told(2, &over, "Madaya was reached."),
        ];
        alerts("hub", &told, "https://passage.example.org")
    }

    #[test]
    fn a_call_has_all_that_receivers_of_alertmanager_ask_for() {
        let mut body = body();
        body["alerts"] = json!(body["alerts"].as_array().map(Vec::len));
        insta::assert_json_snapshot!(body, @r#"
        {
          "alerts": 2,
          "commonAnnotations": {
            "episode": "2",
            "gravest": "critical"
          },
          "commonLabels": {
            "alertname": "runout",
            "severity": "high",
            "subject_kind": "area"
          },
          "externalURL": "https://passage.example.org",
          "groupKey": "passage/hub",
          "groupLabels": {},
          "receiver": "hub",
          "status": "firing",
          "truncatedAlerts": 0,
          "version": "4"
        }
        "#);
    }

    #[test]
    fn an_alert_in_a_call_is_named_by_its_labels_and_told_in_its_summary() {
        insta::assert_json_snapshot!(body()["alerts"][1], @r#"
        {
          "annotations": {
            "episode": "2",
            "gravest": "critical",
            "summary": "Madaya was reached."
          },
          "endsAt": "2016-07-01T02:00:00Z",
          "fingerprint": "b44cfab0060030f2",
          "generatorURL": "https://passage.example.org/api/v1/alerts/00000000-0000-0000-0000-000000000002",
          "labels": {
            "alertname": "runout",
            "areas": "SY-MADAYA",
            "key": "runout/SY-MADAYA",
            "severity": "high",
            "subject": "SY-MADAYA",
            "subject_kind": "area"
          },
          "startsAt": "2016-07-01T00:00:00Z",
          "status": "resolved"
        }
        "#);
        let open = &body()["alerts"][0];
        assert_eq!((&open["status"], &open["endsAt"]), (&json!("firing"), &json!(NO_END)));
    }

    #[test]
    fn a_graver_alert_is_the_same_alert_and_another_one_is_not() {
        let of = |code, severity| {
            let episode = episode(code, severity, true);
            alerts("hub", &[told(1, &episode, "x")], "")["alerts"][0]["fingerprint"].clone()
        };
        assert_eq!(of("a", Severity::High), of("a", Severity::Critical));
        assert_ne!(of("a", Severity::High), of("b", Severity::High));
        assert_eq!(of("a", Severity::High).as_str().unwrap().len(), 16);
    }

    #[test]
    fn where_no_address_of_the_server_is_set_there_are_no_links_and_all_resolved_is_resolved() {
        let over = episode("a", Severity::Low, false);
        let body = alerts("hub", &[told(1, &over, "x")], "");
        assert_eq!(body["alerts"][0]["generatorURL"], "");
        assert_eq!((&body["status"], &body["externalURL"]), (&json!("resolved"), &json!("")));
        assert_eq!(alerts("hub", &[], "")["alerts"], json!([]));
    }
}
