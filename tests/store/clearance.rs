//! What a reader may not see is not there: not by code, not in lists, totals, histories or the change feed.
#![cfg(test)]

use passage::domain::{Clearance, Draft, Kind, OrganisationCode, Place, Sensitivity};
use passage::store::{
    Action, Basis, Change, Cut, Export, Filter, Near, Query, Reference, Sort, StoreError, Stored,
    Write,
};
use serde_json::{Value, json};

use super::{area, backends, codes, hour, later, new, next, query, write};

const VISITOR: &Clearance = &Clearance::of(Sensitivity::Public);

fn confidential(change: Change) -> Change {
    with_level(change, Sensitivity::Confidential)
}

fn with_level(change: Change, level: Sensitivity) -> Change {
    let draft = Draft { sensitivity: Some(level), ..change.draft };
    Change { draft, ..change }
}

#[tokio::test]
async fn a_reader_below_the_level_of_a_record_finds_no_trace_of_it() {
    for (name, store) in backends() {
        let changes = vec![
            new(Kind::Area, &area("open", "Open")),
            confidential(new(Kind::Area, &area("closed", "Closed"))),
        ];
        store.put(hour(1), changes).await;
        let cut = Cut { as_of: None, known_at: later() };
        let closed = Reference::Code("closed".to_owned());
        let fault = store.record(Kind::Area, &closed, cut, VISITOR).await.unwrap_err();
        assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");
        let fault = store.history(Kind::Area, &closed, later(), VISITOR).await.unwrap_err();
        assert!(matches!(fault, StoreError::NotFound { .. }), "{name}");

        let all = || query(Kind::Area, Filter::default());
        let page = store.records(all(), VISITOR).await.unwrap();
        assert_eq!((codes(&page), page.total), (vec!["open".to_owned()], 1), "{name}");
        let entries = store.changes(0, 10, VISITOR, later()).await.unwrap();
        assert_eq!(entries.len(), 1, "{name}: {entries:?}");

        let officer = &Clearance::of(Sensitivity::Confidential);
        assert!(store.record(Kind::Area, &closed, cut, officer).await.is_ok(), "{name}");
        assert_eq!(store.records(all(), officer).await.unwrap().total, 2, "{name}");
        assert_eq!(store.changes(0, 10, officer, later()).await.unwrap().len(), 2, "{name}");
    }
}

#[tokio::test]
async fn what_is_closed_with_a_later_version_is_gone_and_its_open_past_is_no_way_in() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let second = next(Kind::Area, first.version, &area("duma", "Douma"));
        store.put_one(hour(2), confidential(second)).await;
        let duma = Reference::Code("duma".to_owned());
        let history = store.history(Kind::Area, &duma, later(), VISITOR).await;
        assert!(matches!(history, Err(StoreError::NotFound { .. })), "{name}");
    }
}

/// A hospital at an exact place, open to all but for where it is.
fn hospital(code: &str, lon: f64, lat: f64) -> Change {
    let body = json!({
        "code": code, "names": { "en": code }, "facility_type": "hospital",
        "position": { "lon": lon, "lat": lat }, "sensitivity": "public",
    });
    new(Kind::Facility, &body)
}

fn position(stored: &Stored) -> Place {
    let body: Value = serde_json::from_str(&stored.body).unwrap();
    let degrees = |name: &str| body["position"][name].as_f64().unwrap();
    Place::new(degrees("lon"), degrees("lat")).unwrap()
}

#[tokio::test]
async fn a_hospital_is_shown_and_found_where_the_mask_puts_it_and_not_where_it_is() {
    for (name, store) in backends() {
        let there = Place::new(37.1612, 36.2021).unwrap();
        store.put_one(hour(1), hospital("M10", there.lon(), there.lat())).await;
        let m10 = Reference::Code("M10".to_owned());
        let cut = Cut { as_of: None, known_at: later() };
        let shown = store.record(Kind::Facility, &m10, cut, VISITOR).await.unwrap();
        let masked = position(&shown);
        assert!((0.01..8.0).contains(&masked.distance_km(there)), "{name}: {masked:?}");
        assert_eq!(shown.seen.withheld, ["position"], "{name}");
        assert!(!shown.seen.exact_position, "{name}");

        let officer = &Clearance::of(Sensitivity::Confidential);
        let exact = store.record(Kind::Facility, &m10, cut, officer).await.unwrap();
        assert_eq!((position(&exact), exact.seen.exact_position), (there, true), "{name}");

        let near = |place| Filter { near: Some(Near { place, km: 0.2 }), ..Filter::default() };
        for (who, place, found) in
            [(VISITOR, there, 0), (VISITOR, masked, 1), (officer, there, 1), (officer, masked, 0)]
        {
            let page = store.records(query(Kind::Facility, near(place)), who).await.unwrap();
            assert_eq!((page.rows.len(), page.total), (found, found as u64), "{name}: {who:?}");
        }
    }
}

#[tokio::test]
async fn a_small_correction_of_a_position_does_not_move_its_mask() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), hospital("M10", 37.1612, 36.2021)).await;
        let m10 = Reference::Code("M10".to_owned());
        let cut = Cut { as_of: None, known_at: later() };
        let before = position(&store.record(Kind::Facility, &m10, cut, VISITOR).await.unwrap());
        let mut version = first.version;
        for step in 1..20 {
            let moved = hospital("M10", 37.1612 + f64::from(step) * 0.002, 36.2021);
            let change = Change { action: Action::Revise, basis: Basis::Version(version), ..moved };
            version = store.put_one(hour(1 + i64::from(step)), change).await.version;
            let after = store.record(Kind::Facility, &m10, cut, VISITOR).await.unwrap();
            assert_eq!(position(&after), before, "{name}: after {step} steps of 180 metres");
        }
    }
}

#[tokio::test]
async fn a_partner_sees_the_records_of_its_own_organisation_whole_at_every_level() {
    for (name, store) in backends() {
        let sarc: OrganisationCode = "SARC".parse().unwrap();
        let strictly = |change| with_level(change, Sensitivity::StrictlyConfidential);
        let own = vec![strictly(hospital("OWN", 37.1, 36.2))];
        store.write(Write { owner: Some(sarc.clone()), ..write(hour(1), own) }).await.unwrap();
        store.put_one(hour(2), strictly(hospital("OTHER", 37.1, 36.2))).await;
        let partner = Clearance { level: Sensitivity::Public, organisation: Some(sarc.clone()) };
        let page = store.records(query(Kind::Facility, Filter::default()), &partner).await.unwrap();
        assert_eq!((codes(&page), page.total), (vec!["OWN".to_owned()], 1), "{name}");
        assert_eq!(page.rows[0].seen.owner, Some(sarc), "{name}");
        let cut = Cut { as_of: None, known_at: later() };
        let own = Reference::Code("OWN".to_owned());
        let own = store.record(Kind::Facility, &own, cut, &partner).await.unwrap();
        assert_eq!(position(&own), Place::new(37.1, 36.2).unwrap(), "{name}");
    }
}

#[tokio::test]
async fn a_level_is_not_lowered_by_one_and_left_out_it_stays() {
    for (name, store) in backends() {
        let first =
            store.put_one(hour(1), confidential(new(Kind::Area, &area("duma", "Duma")))).await;
        let lower = with_level(
            next(Kind::Area, first.version, &area("duma", "Douma")),
            Sensitivity::Internal,
        );
        let refused = store.refusals(vec![lower.clone()]).await;
        assert_eq!(refused[0].problems.0[0].pointer, "/sensitivity", "{name}");
        let mut silent = next(Kind::Area, first.version, &area("duma", "Douma"));
        silent.draft.sensitivity = None;
        let second = store.put_one(hour(2), silent).await;
        assert!(
            store
                .records(query(Kind::Area, Filter::default()), VISITOR)
                .await
                .unwrap()
                .rows
                .is_empty()
        );
        let by_two = Change { basis: Basis::Version(second.version), lowers: true, ..lower };
        store.put_one(hour(3), by_two).await;
        let internal = &Clearance::of(Sensitivity::Internal);
        let page = store.records(query(Kind::Area, Filter::default()), internal).await.unwrap();
        assert_eq!(codes(&page), ["duma"], "{name}");
        let duma = Reference::Code("duma".to_owned());
        let history = store.history(Kind::Area, &duma, later(), internal).await.unwrap();
        assert_eq!(history.len(), 1, "{name}: what was confidential then stays so");
    }
}

#[tokio::test]
async fn a_level_of_a_field_cannot_be_left_out_again() {
    for (name, store) in backends() {
        let mut body = area("duma", "Duma");
        body["field_sensitivity"] = json!(["aliases=confidential"]);
        body["aliases"] = json!(["The nickname"]);
        let first = store.put_one(hour(1), new(Kind::Area, &body)).await;
        let duma = Reference::Code("duma".to_owned());
        let cut = Cut { as_of: None, known_at: later() };
        let shown = store.record(Kind::Area, &duma, cut, VISITOR).await.unwrap();
        assert!(!shown.body.contains("nickname"), "{name}: {}", shown.body);
        let refused =
            store.refusals(vec![next(Kind::Area, first.version, &area("duma", "Duma"))]).await;
        assert_eq!(refused[0].problems.0[0].pointer, "/field_sensitivity", "{name}");
    }
}

#[tokio::test]
async fn a_record_that_must_name_a_hidden_one_is_hidden_with_it_and_others_do_not_tell_it() {
    for (name, store) in backends() {
        let status = json!({ "code": "S1", "area": "duma", "scheme": "un", "status": "besieged", "valid_from": "2016-01-01" });
        let incident = json!({ "code": "I1", "incident_type": "shelling", "date": "2016-01-02", "areas": ["duma", "open"] });
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        store.put_one(hour(1), new(Kind::Area, &area("open", "Open"))).await;
        store.put(hour(2), vec![new(Kind::Status, &status), new(Kind::Incident, &incident)]).await;
        let all = |kind| query(kind, Filter { withdrawn: true, ..Filter::default() });
        assert_eq!(store.records(all(Kind::Status), VISITOR).await.unwrap().total, 1, "{name}");
        let raised = confidential(next(Kind::Area, first.version, &area("duma", "Duma")));
        store.put_one(hour(3), raised).await;
        assert_eq!(store.records(all(Kind::Status), VISITOR).await.unwrap().total, 0, "{name}");
        let cut = Cut { as_of: None, known_at: later() };
        let incident = Reference::Code("I1".to_owned());
        let shown = store.record(Kind::Incident, &incident, cut, VISITOR).await.unwrap();
        assert!(
            shown.body.contains("open") && !shown.body.contains("duma"),
            "{name}: {}",
            shown.body
        );
        let by_hidden = Filter {
            mentions: [(Kind::Area, vec!["duma".to_owned()])].into(),
            ..Filter::default()
        };
        let page = store.records(query(Kind::Incident, by_hidden), VISITOR).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (0, 0), "{name}");
    }
}

#[tokio::test]
async fn who_may_not_know_of_a_record_cannot_find_it_by_naming_it() {
    for (name, store) in backends() {
        store.put_one(hour(1), confidential(new(Kind::Area, &area("duma", "Duma")))).await;
        let naming = |code: &str| {
            let body = json!({ "code": "I1", "incident_type": "shelling", "date": "2016-01-02", "areas": [code] });
            Write { clearance: VISITOR.clone(), ..write(hour(2), vec![new(Kind::Incident, &body)]) }
        };
        let said = |fault: StoreError, code: &str| fault.to_string().replace(code, "…");
        let hidden = store.write(naming("duma")).await.unwrap_err();
        let missing = store.write(naming("nowhere")).await.unwrap_err();
        assert_eq!(said(hidden, "duma"), said(missing, "nowhere"), "{name}");
    }
}

/// A convoy with a stage, on its way at 8 in the morning of the second day of 2016.
fn convoy(code: &str, events: &Value) -> Value {
    json!({
        "code": code, "mode": "cross_line", "route": "M5", "title": "To Duma", "events": events,
        "organisations": ["SARC"], "drops": [{ "areas": ["duma"], "trucks": 3, "people_targeted": 900 }],
        "vehicles": [{ "plate": "123-456", "driver": "A. B." }], "sensitivity": "public",
    })
}

/// The world that convoys go through.
fn places() -> Vec<Change> {
    let duma = json!({ "code": "duma", "names": { "en": "Duma" }, "admin2_pcode": "SY0301", "sensitivity": "public" });
    vec![
        new(Kind::Organisation, &json!({ "code": "SARC", "names": "Red Crescent" })),
        new(Kind::Area, &duma),
    ]
}

#[tokio::test]
async fn of_a_convoy_under_way_only_its_second_level_unit_is_told_and_no_filter_or_order_tells_more()
 {
    for (name, store) in backends() {
        store.put(hour(1), places()).await;
        let departed = json!([{ "stage": "departed", "at": "2016-01-02T08:00:00Z" }]);
        store.put_one(hour(33), new(Kind::Convoy, &convoy("C1", &departed))).await;
        let during = Cut { as_of: None, known_at: hour(40) };
        let c1 = Reference::Code("C1".to_owned());
        let shown = store.record(Kind::Convoy, &c1, during, VISITOR).await.unwrap();
        for told in ["M5", "Duma", "duma", "123-456", "2016-01-02", "departed", "900"] {
            assert!(!shown.body.contains(told), "{name}: {told} in {}", shown.body);
        }
        assert_eq!(shown.seen.admin2, ["SY0301"], "{name}");
        assert!(shown.seen.embargo_until.is_some(), "{name}");
        let ask = |filter, sort| Query { cut: during, sort, ..query(Kind::Convoy, filter) };
        let filters = [
            Filter {
                columns: [("stage".to_owned(), vec!["departed".to_owned()])].into(),
                ..Filter::default()
            },
            Filter {
                mentions: [(Kind::Area, vec!["duma".to_owned()])].into(),
                ..Filter::default()
            },
            Filter { from: Some(hour(0)), ..Filter::default() },
            Filter { to: Some(hour(99)), ..Filter::default() },
        ];
        let officer = &Clearance::of(Sensitivity::Confidential);
        for filter in filters {
            let found = store.records(ask(filter.clone(), Sort::Version), VISITOR).await.unwrap();
            assert_eq!((found.rows.len(), found.total), (0, 0), "{name}: {filter:?}");
            let found = store.records(ask(filter.clone(), Sort::Version), officer).await.unwrap();
            assert_eq!(found.total, 1, "{name}: {filter:?}");
        }
        for sort in Sort::ALL {
            let page = store.records(ask(Filter::default(), *sort), VISITOR).await.unwrap();
            assert_eq!(codes(&page), ["C1"], "{name}: {sort}");
            assert!(!page.rows[0].body.contains("2016-01-02"), "{name}: {}", page.rows[0].body);
        }
        let entries = store.changes(0, 10, VISITOR, hour(40)).await.unwrap();
        assert!(entries.iter().all(|entry| entry.kind != Kind::Convoy), "{name}");
        let history = store.history(Kind::Convoy, &c1, hour(40), VISITOR).await.unwrap();
        assert_eq!(history.len(), 1, "{name}");
        assert!(!history[0].body.contains("2016-01-02"), "{name}");
    }
}

#[tokio::test]
async fn of_a_convoy_under_way_who_takes_part_and_who_says_so_is_told_as_far_as_they_may_be_known()
{
    for (name, store) in backends() {
        store.put(hour(1), places()).await;
        let secret = json!({ "code": "mole", "name": "A driver" });
        let partner = json!({ "code": "WHO", "names": "Health" });
        let closed = vec![
            confidential(new(Kind::Source, &secret)),
            confidential(new(Kind::Organisation, &partner)),
        ];
        store.put(hour(2), closed).await;
        let departed = json!([{ "stage": "departed", "at": "2016-01-02T08:00:00Z" }]);
        let mut body = convoy("C1", &departed);
        body["source"] = json!("mole");
        body["organisations"] = json!(["SARC", "WHO"]);
        body["sensitivity"] = json!("internal");
        body["convoy_type"] = json!("mission");
        let first = store.put_one(hour(33), new(Kind::Convoy, &body)).await;
        let reader = &Clearance::of(Sensitivity::Internal);
        let c1 = Reference::Code("C1".to_owned());
        let at = |hours| Cut { as_of: None, known_at: hour(hours) };
        let shown = store.record(Kind::Convoy, &c1, at(34), reader).await.unwrap();
        assert!(shown.body.contains("SARC") && shown.body.contains("mission"), "{name}");
        for told in ["mole", "WHO"] {
            assert!(!shown.body.contains(told), "{name}: {told} in {}", shown.body);
        }
        body["field_sensitivity"] = json!(["convoy_type=confidential", "drops=confidential"]);
        store.put_one(hour(36), next(Kind::Convoy, first.version, &body)).await;
        for hours in [35, 37] {
            let shown = store.record(Kind::Convoy, &c1, at(hours), reader).await.unwrap();
            assert!(shown.seen.embargo_until.is_some(), "{name}: {hours}");
            assert!(!shown.body.contains("mission"), "{name}: {hours}: {}", shown.body);
            assert!(shown.seen.admin2.is_empty(), "{name}: {hours}: where it goes is closed");
        }
    }
}

#[tokio::test]
async fn a_day_after_a_convoy_closed_everybody_sees_its_way_and_its_drivers_stay_unnamed() {
    for (name, store) in backends() {
        store.put(hour(1), places()).await;
        let departed = json!([{ "stage": "departed", "at": "2016-01-02T08:00:00Z" }]);
        let first = store.put_one(hour(33), new(Kind::Convoy, &convoy("C1", &departed))).await;
        let arrived = json!([
            { "stage": "departed", "at": "2016-01-02T08:00:00Z" },
            { "stage": "entered", "at": "2016-01-02T12:00:00Z" },
            { "stage": "offloaded", "at": "2016-01-02T20:00:00Z" },
        ]);
        store.put_one(hour(45), next(Kind::Convoy, first.version, &convoy("C1", &arrived))).await;
        let c1 = Reference::Code("C1".to_owned());
        let at = |hours| Cut { as_of: None, known_at: hour(hours) };
        // It closed 44 hours into the year.
        for (hours, under_way) in [(46, true), (44 + 23, true), (44 + 25, false)] {
            let shown = store.record(Kind::Convoy, &c1, at(hours), VISITOR).await.unwrap();
            assert_eq!(shown.seen.embargo_until.is_some(), under_way, "{name}: {hours}");
            assert_eq!(shown.body.contains("M5"), !under_way, "{name}: {hours}");
            assert!(!shown.body.contains("123-456"), "{name}: {hours}");
        }
        let history = store.history(Kind::Convoy, &c1, hour(44 + 25), VISITOR).await.unwrap();
        assert_eq!(history.len(), 2, "{name}");
        assert!(history[0].body.contains("M5"), "{name}: its past is open too");
        let until = async |kind, hours, clearance: &Clearance| {
            let query = Query { cut: at(hours), ..query(kind, Filter::default()) };
            store.records(query, clearance).await.unwrap().until
        };
        let officer = &Clearance::of(Sensitivity::Confidential);
        // A list of what names the convoy changes then too.
        for kind in [Kind::Convoy, Kind::Incident] {
            assert_eq!(until(kind, 46, VISITOR).await, Some(hour(44 + 24)), "{name}");
            assert_eq!(until(kind, 44 + 24, VISITOR).await, None, "{name}");
            assert_eq!(until(kind, 46, officer).await, None, "{name}");
        }
    }
}

#[tokio::test]
async fn a_count_of_three_people_is_not_told_nor_is_the_group_that_would_tell_it() {
    for (name, store) in backends() {
        let people = |code: &str, of: Value, people: u32| {
            let mut body = json!({ "code": code, "date": "2016-01-01", "metric": "residents", "people": people, "quote": format!("{people} people"), "sensitivity": "public" });
            body.as_object_mut().unwrap().extend(of.as_object().unwrap().clone());
            new(Kind::Population, &body)
        };
        let group = json!({ "code": "G", "names": { "en": "Both" }, "areas": ["few", "many"] });
        store
            .put(
                hour(1),
                vec![new(Kind::Area, &area("few", "Few")), new(Kind::Area, &area("many", "Many"))],
            )
            .await;
        store.put_one(hour(1), new(Kind::AreaGroup, &group)).await;
        store
            .put(
                hour(2),
                vec![
                    people("P-FEW", json!({ "area": "few" }), 3),
                    people("P-MANY", json!({ "area": "many" }), 997),
                    people("P-BOTH", json!({ "area_group": "G" }), 1000),
                ],
            )
            .await;
        let page =
            store.records(query(Kind::Population, Filter::default()), VISITOR).await.unwrap();
        let text: String = page.rows.iter().map(|row| row.body.as_str()).collect();
        assert!(
            text.contains("997") && !text.contains("1000") && !text.contains(":3"),
            "{name}: {text}"
        );
        let expanded = Query { expand: true, ..query(Kind::Population, Filter::default()) };
        let page = store.records(expanded, VISITOR).await.unwrap();
        let text: String = page.rows.iter().map(|row| row.body.as_str()).collect();
        assert!(!text.contains("3 people") && !text.contains("1000"), "{name}: {text}");
        let officer = &Clearance::of(Sensitivity::Confidential);
        let page =
            store.records(query(Kind::Population, Filter::default()), officer).await.unwrap();
        let text: String = page.rows.iter().map(|row| row.body.as_str()).collect();
        assert!(text.contains("1000"), "{name}: {text}");
    }
}

#[tokio::test]
async fn who_was_given_exact_positions_stands_in_the_ledger() {
    for (name, store) in backends() {
        let written = store.put_one(hour(1), hospital("M10", 37.1612, 36.2021)).await;
        let export = Export {
            actor: "desk".to_owned(),
            recorded_at: hour(2),
            kind: Kind::Facility,
            ids: vec![written.id],
            form: "csv".to_owned(),
        };
        store.note_export(export).await.unwrap();
        let noted = store.exports(0, 9, &Clearance::ALL).await.unwrap();
        assert_eq!(
            (noted[0].actor.as_str(), noted[0].codes.as_slice()),
            ("desk", &["M10".to_owned()][..]),
            "{name}"
        );
        assert!(
            store.exports(noted[0].sequence, 9, &Clearance::ALL).await.unwrap().is_empty(),
            "{name}"
        );
        assert_eq!(store.changes(0, 9, &Clearance::ALL, later()).await.unwrap().len(), 1, "{name}");
        let verified = store.verify().await.unwrap();
        assert_eq!((verified.entries, verified.broken), (2, None), "{name}");
        store.put_one(hour(3), hospital("M11", 37.2, 36.2)).await;
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}
