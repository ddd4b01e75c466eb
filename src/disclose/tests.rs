//! What a reader gets of a version, case by case.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::*;
use crate::domain::Place;

fn gate() -> Gate {
    Gate::new(Rules::default(), [7; 32])
}

fn at() -> DateTime<Utc> {
    "2016-07-26T12:00:00Z".parse().unwrap()
}

fn clearance(level: Sensitivity) -> Clearance {
    Clearance::of(level)
}

/// A version that this gate has sealed.
fn sealed(kind: Kind, body: &Value, level: Sensitivity) -> Sealed {
    let degrees = |name: &str| body["position"][name].as_f64();
    let place = degrees("lon").zip(degrees("lat"));
    let place = place.map(|(lon, lat)| Place::new(lon, lat).unwrap());
    let seal = gate().seal(kind, body, place, Some(level));
    let (hidden, admin2, raised) = (Vec::new(), Vec::new(), Vec::new());
    Sealed { kind, seal, owner: None, tells: Small::Not, hidden, admin2, raised }
}

fn seen(of: &Sealed, body: &Value, clearance: &Clearance) -> Sight {
    gate().see(of, clearance, at(), || Ok::<_, ()>(body.clone())).unwrap()
}

fn part(of: &Sealed, body: &Value, clearance: &Clearance) -> Parted {
    match seen(of, body, clearance) {
        Sight::Part(parted) => parted,
        other => panic!("not a part: {other:?}"),
    }
}

fn hospital() -> Value {
    json!({ "names": { "en": "M10" }, "facility_type": "hospital", "position": { "lon": 37.16, "lat": 36.2 } })
}

#[test]
fn a_record_above_the_clearance_is_nothing_and_at_it_all() {
    let body = json!({ "names": { "en": "Duma" } });
    let of = sealed(Kind::Area, &body, Sensitivity::Confidential);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Internal)), Sight::Nothing);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Confidential)), Sight::Whole);
}

#[test]
fn a_partner_sees_its_own_whole_and_that_of_others_as_its_clearance_says() {
    let body = hospital();
    let mut of = sealed(Kind::Facility, &body, Sensitivity::StrictlyConfidential);
    of.owner = Some("sarc".parse().unwrap());
    let partner = |code: &str| Clearance {
        level: Sensitivity::Internal,
        organisation: Some(code.parse().unwrap()),
    };
    assert_eq!(seen(&of, &body, &partner("sarc")), Sight::Whole);
    assert_eq!(seen(&of, &body, &partner("unicef")), Sight::Nothing);
    of.owner = None;
    assert_eq!(
        seen(&of, &body, &clearance(Sensitivity::Internal)),
        Sight::Nothing,
        "nobody's is not everybody's"
    );
}

#[test]
fn below_its_level_a_position_is_the_masked_one_and_an_outline_is_gone() {
    let mut body = hospital();
    body["outline"] = json!({ "type": "Polygon" });
    let of = sealed(Kind::Facility, &body, Sensitivity::Internal);
    let masked = of.seal.masked_place.unwrap();
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!(parted.body["position"], json!({ "lon": masked.lon(), "lat": masked.lat() }));
    assert_eq!(parted.body["outline"], Value::Null);
    assert_eq!((parted.withheld, parted.under_embargo), (vec!["position".to_owned()], false));
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Confidential)), Sight::Whole);
}

#[test]
fn a_field_that_the_record_raised_is_taken_out_and_the_rest_stays() {
    let mut body = json!({ "names": { "en": "Duma" }, "note": "who lives there", "field_sensitivity": ["note=confidential"] });
    let of = sealed(Kind::Area, &body, Sensitivity::Internal);
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!((&parted.body["note"], &parted.body["names"]["en"]), (&Value::Null, &json!("Duma")));
    assert_eq!(parted.withheld, ["note"]);
    // What is not there cannot be withheld.
    body.as_object_mut().unwrap().remove("note");
    let of = sealed(Kind::Area, &body, Sensitivity::Internal);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Internal)), Sight::Whole);
}

fn convoy() -> Value {
    json!({ "mode": "cross_line", "route": "M5", "events": [{ "stage": "departed", "at": "2016-07-26T10:00:00Z" }] })
}

#[test]
fn a_convoy_under_way_is_coarse_below_the_level_of_movements_and_whole_from_there() {
    let body = convoy();
    let of = sealed(Kind::Convoy, &body, Sensitivity::Internal);
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert!(parted.under_embargo);
    assert_eq!(parted.body, json!({ "mode": "cross_line" }));
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Confidential)), Sight::Whole);
    assert!(!gate().is_embargoed(&of, &clearance(Sensitivity::Confidential), at()));
}

#[test]
fn of_a_convoy_under_way_what_its_levels_close_and_what_is_hidden_stays_out_too() {
    let body = json!({
        "mode": "cross_line", "organisations": ["SARC", "closed"], "source": "closed",
        "convoy_type": "aid", "events": [{ "stage": "departed", "at": "2016-07-26T10:00:00Z" }],
        "field_sensitivity": ["convoy_type=confidential"],
    });
    let mut of = sealed(Kind::Convoy, &body, Sensitivity::Internal);
    let closed = |kind| (kind, "closed".to_owned());
    of.hidden = vec![closed(Kind::Source), closed(Kind::Organisation)];
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!(parted.body, json!({ "mode": "cross_line", "organisations": ["SARC"] }));
    assert!(parted.withheld.contains(&"convoy_type".to_owned()), "{:?}", parted.withheld);
    of.raised = vec!["organisations=confidential".parse().unwrap()];
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!(parted.body, json!({ "mode": "cross_line" }));
}

#[test]
fn where_the_drops_of_a_convoy_under_way_are_closed_its_units_are_too() {
    let mut body = convoy();
    body["drops"] = json!([{ "areas": ["duma"] }]);
    let units = |body: &Value| {
        let mut of = sealed(Kind::Convoy, body, Sensitivity::Internal);
        of.admin2 = vec!["SY0301".to_owned()];
        part(&of, body, &clearance(Sensitivity::Internal)).admin2
    };
    assert_eq!(units(&body), ["SY0301"]);
    body["field_sensitivity"] = json!(["route=confidential"]);
    assert_eq!(units(&body), ["SY0301"], "other fields do not tell where it goes");
    body["field_sensitivity"] = json!(["drops=confidential"]);
    assert!(units(&body).is_empty());
}

#[test]
fn embargoes_are_judged_at_the_moment_that_is_asked_about_but_not_before_it_has_come() {
    let hour = TimeDelta::hours(1);
    let now = at();
    let watch = Watch::of(move || now);
    assert_eq!(format!("{watch:?}"), "Watch");
    let gate = gate().with_watch(Some(watch));
    assert_eq!(gate.judged_at(now - hour), now - hour);
    assert_eq!(gate.judged_at(now + hour), now);
}

#[test]
fn an_embargo_holds_to_its_last_instant_and_no_longer() {
    let body = convoy();
    let of = sealed(Kind::Convoy, &body, Sensitivity::Internal);
    let until = of.seal.embargo_until.unwrap();
    let reader = clearance(Sensitivity::Internal);
    assert!(gate().is_embargoed(&of, &reader, until - TimeDelta::milliseconds(1)));
    assert!(!gate().is_embargoed(&of, &reader, until));
    let mut own = of.clone();
    own.owner = Some("sarc".parse().unwrap());
    let partner =
        Clearance { level: Sensitivity::Internal, organisation: Some("sarc".parse().unwrap()) };
    assert!(!gate().is_embargoed(&own, &partner, at()), "who sent it knows where it is");
}

#[test]
fn a_small_count_is_told_from_its_level_on_and_not_below() {
    let body = json!({ "area": "few", "metric": "residents", "date": "2016-07-01", "people": { "best": 3 } });
    let of = sealed(Kind::Population, &body, Sensitivity::Internal);
    assert_eq!(of.seal.small, Small::All);
    assert_eq!(part(&of, &body, &clearance(Sensitivity::Internal)).body["people"], Value::Null);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Confidential)), Sight::Whole);
}

#[test]
fn of_a_large_whole_with_a_small_part_the_whole_stays() {
    let body = json!({ "area": "a", "metric": "residents", "date": "2016-07-01", "people": { "best": 900 }, "women": 2 });
    let of = sealed(Kind::Population, &body, Sensitivity::Internal);
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!(
        (&parted.body["people"]["best"], &parted.body["women"]),
        (&json!(900), &Value::Null)
    );
}

#[test]
fn a_count_that_would_tell_a_small_one_goes_with_it() {
    let body = json!({ "area_group": "g", "metric": "residents", "date": "2016-07-01", "people": { "best": 1000 } });
    let mut of = sealed(Kind::Population, &body, Sensitivity::Internal);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Internal)), Sight::Whole);
    of.tells = Small::All;
    assert_eq!(part(&of, &body, &clearance(Sensitivity::Internal)).body["people"], Value::Null);
}

#[test]
fn casualties_are_counted_unless_the_settings_say_otherwise() {
    let body =
        json!({ "incident_type": "shelling", "date": "2016-07-01", "killed": { "best": 2 } });
    assert_eq!(sealed(Kind::Incident, &body, Sensitivity::Internal).seal.small, Small::Not);
    let kinds = vec![Kind::Incident];
    let strict = Gate::new(Rules { small_count_kinds: kinds, ..Rules::default() }, [7; 32]);
    assert_eq!(strict.seal(Kind::Incident, &body, None, None).small, Small::All);
}

#[test]
fn a_hidden_record_is_left_out_of_every_list_and_part_and_others_stay() {
    let body = json!({
        "incident_type": "shelling", "date": "2016-07-01", "areas": ["open", "closed"], "convoy": "closed",
        "accounts": [{ "source": "closed", "parties": ["closed", "open"] }],
    });
    let mut of = sealed(Kind::Incident, &body, Sensitivity::Internal);
    of.hidden = vec![(Kind::Area, "closed".to_owned()), (Kind::Party, "closed".to_owned())];
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!(parted.body["areas"], json!(["open"]));
    assert_eq!(parted.body["convoy"], json!("closed"), "a convoy is no area");
    assert_eq!(parted.body["accounts"][0], json!({ "source": "closed", "parties": ["open"] }));
}

#[test]
fn an_item_without_the_record_that_it_must_name_goes_whole_and_the_body_can_still_be_read() {
    let body = json!({
        "pause_type": "requested", "announced_on": "2016-07-01", "parties": ["closed", "open"],
        "answers": [
            { "party": "closed", "answer": "refused", "note": "closed said no" },
            { "party": "open", "answer": "agreed", "source": "closed" },
        ],
    });
    let mut of = sealed(Kind::Pause, &body, Sensitivity::Internal);
    of.hidden = vec![(Kind::Party, "closed".to_owned()), (Kind::Source, "closed".to_owned())];
    let left = part(&of, &body, &clearance(Sensitivity::Internal)).body;
    assert_eq!(left["answers"], json!([{ "party": "open", "answer": "agreed" }]));
    assert!(crate::domain::typed::<crate::domain::Pause>(&left).is_ok(), "{left}");
}

#[test]
fn of_what_is_seen_in_part_it_is_told_that_it_was_confirmed_and_on_conditions_and_not_in_which_words()
 {
    let body = json!({
        "pause_type": "requested", "announced_on": "2016-07-01", "confirmed": "closed told us",
        "parties": ["closed"], "answers": [
            { "party": "open", "answer": "agreed_with_conditions", "conditions": "if closed agrees" },
            { "party": "other", "answer": "agreed" },
        ],
    });
    let mut of = sealed(Kind::Pause, &body, Sensitivity::Internal);
    let reader = clearance(Sensitivity::Internal);
    assert_eq!(seen(&of, &body, &reader), Sight::Whole);
    of.hidden = vec![(Kind::Party, "closed".to_owned())];
    let left = part(&of, &body, &reader).body;
    assert!(!left.to_string().contains("closed"), "{left}");
    assert_eq!((&left["confirmed"], &left["conditions"]), (&json!("withheld"), &Value::Null));
    assert_eq!(left["answers"][0]["conditions"], json!("withheld"));
    assert_eq!(left["answers"][1], json!({ "party": "other", "answer": "agreed" }));
    let request = json!({ "requested_on": "2016-07-01", "people_requested": { "best": 3 }, "conditions": "only 3" });
    let of = sealed(Kind::AccessRequest, &request, Sensitivity::Internal);
    assert_eq!(part(&of, &request, &reader).body["conditions"], json!("withheld"));
}

#[test]
fn without_the_record_that_it_must_name_a_record_is_not_there() {
    let body = json!({ "area": "closed", "stock_type": "stock", "date": "2016-07-01" });
    let mut of = sealed(Kind::Stock, &body, Sensitivity::Internal);
    of.hidden = vec![(Kind::Area, "closed".to_owned())];
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Internal)), Sight::Nothing);
}

#[test]
fn a_body_is_only_asked_for_where_something_is_withheld() {
    let of = sealed(Kind::Facility, &hospital(), Sensitivity::Internal);
    let look = |level| gate().see(&of, &clearance(level), at(), || Err("asked"));
    assert_eq!(look(Sensitivity::Confidential), Ok(Sight::Whole));
    assert_eq!(look(Sensitivity::Public), Ok(Sight::Nothing));
    assert_eq!(look(Sensitivity::Internal), Err("asked"));
}

#[test]
fn other_rules_have_another_fingerprint_and_the_same_the_same() {
    let other = Gate::new(Rules { mask_km: 11.0, ..Rules::default() }, [7; 32]);
    assert_ne!(gate().fingerprint(), other.fingerprint());
    assert_eq!(gate().fingerprint(), Gate::new(Rules::default(), [8; 32]).fingerprint());
}

#[test]
fn the_level_of_a_record_is_given_or_that_of_its_kind() {
    let level = |kind, given| gate().seal(kind, &json!({}), None, given).level;
    assert_eq!(level(Kind::Source, None), Sensitivity::Public);
    assert_eq!(level(Kind::Area, None), Sensitivity::Internal);
    assert_eq!(level(Kind::Area, Some(Sensitivity::Confidential)), Sensitivity::Confidential);
}

#[test]
fn what_is_handed_on_holds_nothing_that_is_strictly_confidential() {
    for level in Sensitivity::ALL {
        let most = (*level).min(Sensitivity::Confidential);
        assert_eq!(handed_on(&clearance(*level)).level, most);
    }
}

#[test]
fn a_position_that_was_closed_later_is_masked_in_older_versions_too() {
    let body = json!({ "names": { "en": "M10" }, "facility_type": "crossing", "position": { "lon": 37.16, "lat": 36.2 } });
    let mut of = sealed(Kind::Facility, &body, Sensitivity::Internal);
    let reader = clearance(Sensitivity::Internal);
    assert_eq!(seen(&of, &body, &reader), Sight::Whole, "a crossing is no secret here");
    of.seal.place_level = Sensitivity::Confidential;
    let masked = of.seal.masked_place.unwrap();
    assert_eq!(
        part(&of, &body, &reader).body["position"],
        json!({ "lon": masked.lon(), "lat": masked.lat() })
    );
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Confidential)), Sight::Whole);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::StrictlyConfidential)), Sight::Whole);
}

#[test]
fn a_field_that_was_closed_later_is_taken_out_of_older_versions_too() {
    let body = json!({ "names": { "en": "Duma" }, "note": "who lives there" });
    let mut of = sealed(Kind::Area, &body, Sensitivity::Internal);
    of.raised = vec!["note=confidential".parse().unwrap()];
    assert_eq!(part(&of, &body, &clearance(Sensitivity::Internal)).withheld, ["note"]);
    assert_eq!(seen(&of, &body, &clearance(Sensitivity::Confidential)), Sight::Whole);
}

#[test]
fn the_middle_of_a_cell_is_told_from_other_places() {
    let place = Place::new(37.16, 36.2).unwrap();
    let masked = mask::masked(place, 10.0, &[7; 32]);
    assert!(gate().is_masked(masked) && !gate().is_masked(place));
}

#[test]
fn the_key_of_the_mask_is_not_shown() {
    let shown = format!("{:?}", gate());
    assert!(shown.contains("mask_km") && !shown.contains("[7, 7"), "{shown}");
}

#[test]
fn the_levels_of_a_body_are_those_of_the_rules_and_its_own() {
    let body = json!({ "facility_type": "hospital", "field_sensitivity": ["note=confidential"] });
    let levels: Vec<String> =
        gate().levels_of(Kind::Facility, &body).iter().map(ToString::to_string).collect();
    assert_eq!(levels, ["note=confidential", "position=confidential"]);
}

#[test]
fn beside_a_field_above_the_clearance_one_at_it_stays() {
    let body = json!({
        "names": { "en": "Duma" }, "note": "told", "aliases": ["Douma"],
        "field_sensitivity": ["note=internal", "aliases=confidential"],
    });
    let of = sealed(Kind::Area, &body, Sensitivity::Internal);
    let parted = part(&of, &body, &clearance(Sensitivity::Internal));
    assert_eq!(parted.withheld, ["aliases"]);
    assert_eq!(parted.body["note"], json!("told"));
}
