//! Alerts: episodes kept whole with who was told, and shown to who may know of all that they speak of.
#![cfg(test)]

mod purge;
mod reader;

use passage::domain::{Clearance, Kind, Rule, Sensitivity, Severity, Step};
use passage::store::{
    Acknowledgement, Delivery, EpisodeQuery, KeptEpisode, KeptEvent, Look, LookedAt, Message, Told,
};
use serde_json::json;
use uuid::Uuid;

use super::delivery::message;
use super::{Housed, backends, hour, later, new};

const INTERNAL: &Clearance = &Clearance::of(Sensitivity::Internal);

/// The first episode of a key, open for internal readers.
fn episode(id: u128, key: &str) -> KeptEpisode {
    KeptEpisode {
        id: Uuid::from_u128(id),
        level: Sensitivity::Internal,
        key: key.to_owned(),
        number: 1,
        rule: Rule::Runout,
        severity: Severity::High,
        gravest: Severity::High,
        body: format!("{{\"of\":\"{key}\"}}"),
        raised_at: hour(1),
        updated_at: hour(1),
        resolved_at: None,
        acknowledged: None,
        silenced_by: None,
        muted_by: None,
    }
}

fn resolved(episode: KeptEpisode, at: i64) -> KeptEpisode {
    KeptEpisode { resolved_at: Some(hour(at)), updated_at: hour(at), ..episode }
}

fn raised(episode: KeptEpisode) -> LookedAt {
    LookedAt { episode, names: Vec::new(), steps: vec![(Step::Raised, None)] }
}

fn naming(episode: KeptEpisode, names: &[(Kind, &str)]) -> LookedAt {
    let names = names.iter().map(|(kind, code)| (*kind, (*code).to_owned())).collect();
    LookedAt { names, ..raised(episode) }
}

fn told(episode: u128, recipient: &str) -> Told {
    Told {
        episode: Uuid::from_u128(episode),
        recipient: recipient.to_owned(),
        severity: Severity::High,
        first_at: hour(1),
        last_at: hour(1),
        thread: Uuid::from_u128(900),
        is_over: false,
    }
}

/// A message that tells of these episodes for the first time, and names these records.
fn telling(delivery: Delivery, episodes: &[u128], names: &[(Kind, &str)]) -> Message {
    let tells = episodes.iter().map(|id| (Uuid::from_u128(*id), None)).collect();
    let names = names.iter().map(|(kind, code)| (*kind, (*code).to_owned())).collect();
    Message { delivery, tells, names }
}

async fn keep(store: &Housed, episodes: Vec<LookedAt>) {
    store.keep_look(hour(1), Look { episodes, ..Look::default() }).await.unwrap();
}

async fn tell(store: &Housed, told: Vec<Told>) {
    store.keep_look(hour(1), Look { told, ..Look::default() }).await.unwrap();
}

fn ids(episodes: &[KeptEpisode]) -> Vec<u128> {
    episodes.iter().map(|episode| episode.id.as_u128()).collect()
}

async fn open(store: &Housed, level: Sensitivity) -> Vec<u128> {
    ids(&store.open_episodes(level).await.unwrap())
}

async fn seen(
    store: &Housed,
    id: u128,
    clearance: &Clearance,
) -> Option<(KeptEpisode, Vec<KeptEvent>)> {
    store.episode(Uuid::from_u128(id), clearance, later()).await.unwrap()
}

fn by(name: &str, at: i64) -> Acknowledgement {
    Acknowledgement { at: hour(at), by: name.to_owned(), note: Some(format!("{name} is on it")) }
}

#[tokio::test]
async fn an_episode_is_open_until_it_is_resolved_and_kept_as_it_came() {
    for (name, store) in backends() {
        let first = KeptEpisode {
            silenced_by: Some("s1".to_owned()),
            muted_by: Some("newly_besieged/duma".to_owned()),
            ..episode(1, "runout/duma")
        };
        let low = KeptEpisode { level: Sensitivity::Public, ..episode(2, "runout/duma") };
        keep(&store, vec![raised(first.clone()), raised(low.clone())]).await;
        assert_eq!(store.open_episodes(Sensitivity::Internal).await.unwrap(), [first], "{name}");
        assert_eq!(store.open_episodes(Sensitivity::Public).await.unwrap(), [low], "{name}");
        let graver = KeptEpisode {
            severity: Severity::Medium,
            gravest: Severity::Critical,
            body: "{}".to_owned(),
            updated_at: hour(2),
            ..episode(1, "runout/duma")
        };
        keep(&store, vec![raised(graver.clone())]).await;
        assert_eq!(store.open_episodes(Sensitivity::Internal).await.unwrap(), [graver], "{name}");
        keep(&store, vec![raised(resolved(episode(1, "runout/duma"), 3))]).await;
        assert!(open(&store, Sensitivity::Internal).await.is_empty(), "{name}");
        assert_eq!(open(&store, Sensitivity::Public).await, [2], "{name}: of its own level alone");
    }
}

#[tokio::test]
async fn of_a_key_one_episode_is_open_at_a_level_and_a_look_that_came_second_keeps_nothing() {
    for (name, store) in backends() {
        keep(&store, vec![raised(episode(1, "runout/duma"))]).await;
        let second = Look {
            episodes: vec![
                raised(episode(3, "runout/moadamiyah")),
                raised(episode(2, "runout/duma")),
            ],
            told: vec![told(1, "hub")],
            messages: vec![telling(message(7, "hub", 1), &[1], &[])],
        };
        assert!(store.keep_look(hour(2), second).await.is_err(), "{name}");
        assert_eq!(open(&store, Sensitivity::Internal).await, [1], "{name}");
        assert!(store.told().await.unwrap().is_empty(), "{name}");
        assert!(store.waiting(9).await.unwrap().is_empty(), "{name}");
        // The same number again is no new episode either.
        keep(&store, vec![raised(resolved(episode(1, "runout/duma"), 2))]).await;
        let again = Look { episodes: vec![raised(episode(2, "runout/duma"))], ..Look::default() };
        assert!(store.keep_look(hour(3), again).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn episodes_are_counted_by_key_at_each_level() {
    for (name, store) in backends() {
        keep(&store, vec![raised(resolved(episode(1, "a"), 2))]).await;
        keep(&store, vec![raised(KeptEpisode { number: 2, ..episode(2, "a") })]).await;
        keep(&store, vec![raised(episode(3, "b"))]).await;
        let numbers = async |level| {
            let keys = ["a", "b", "c"].map(str::to_owned).to_vec();
            let numbers = store.episode_numbers(level, keys).await.unwrap();
            numbers.into_iter().map(|(key, number)| format!("{key}{number}")).collect::<Vec<_>>()
        };
        assert_eq!(numbers(Sensitivity::Internal).await, ["a2", "b1", "c0"], "{name}");
        assert_eq!(numbers(Sensitivity::Confidential).await, ["a0", "b0", "c0"], "{name}");
    }
}

#[tokio::test]
async fn who_was_told_is_known_until_they_are_told_the_end() {
    for (name, store) in backends() {
        keep(&store, vec![raised(episode(1, "a")), raised(episode(2, "b"))]).await;
        tell(&store, vec![told(1, "hub"), told(1, "desk")]).await;
        let graver = Told {
            severity: Severity::Critical,
            first_at: hour(8),
            last_at: hour(9),
            thread: Uuid::from_u128(901),
            ..told(1, "hub")
        };
        tell(&store, vec![graver]).await;
        let mut known = store.told().await.unwrap();
        known.sort_by(|a, b| a.recipient.cmp(&b.recipient));
        let now = Told { severity: Severity::Critical, last_at: hour(9), ..told(1, "hub") };
        assert_eq!(known, [told(1, "desk"), now], "{name}: the first time and the thread stay");
        tell(&store, vec![Told { is_over: true, ..told(1, "hub") }]).await;
        assert_eq!(store.told().await.unwrap(), [told(1, "desk")], "{name}");
    }
}

#[tokio::test]
async fn an_end_is_untold_until_everybody_who_was_told_knows() {
    for (name, store) in backends() {
        keep(&store, vec![raised(episode(1, "a")), raised(episode(2, "b"))]).await;
        tell(&store, vec![told(1, "hub"), told(1, "desk")]).await;
        let untold = async |level| ids(&store.ended_untold(level).await.unwrap());
        assert!(untold(Sensitivity::Internal).await.is_empty(), "{name}: both are open");
        let over = [resolved(episode(1, "a"), 3), resolved(episode(2, "b"), 3)];
        keep(&store, over.map(raised).to_vec()).await;
        assert_eq!(untold(Sensitivity::Internal).await, [1], "{name}: of b nobody was told");
        assert!(untold(Sensitivity::Public).await.is_empty(), "{name}");
        tell(&store, vec![Told { is_over: true, ..told(1, "hub") }]).await;
        assert_eq!(untold(Sensitivity::Internal).await, [1], "{name}: the desk was not");
        tell(&store, vec![Told { is_over: true, ..told(1, "desk") }]).await;
        assert!(untold(Sensitivity::Internal).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn what_happened_to_an_episode_is_told_in_order_with_what_keeps_it_quiet() {
    for (name, store) in backends() {
        let silence =
            json!({ "code": "s1", "from": "2016-01-01", "until": "2016-01-03", "reason": "known" });
        store.put_one(hour(1), new(Kind::Silence, &silence)).await;
        keep(&store, vec![raised(episode(1, "a"))]).await;
        let silenced = KeptEpisode { silenced_by: Some("s1".to_owned()), ..episode(1, "a") };
        let steps = vec![(Step::Updated, Some(Severity::Medium)), (Step::Silenced, None)];
        let quiet = LookedAt { episode: silenced.clone(), names: Vec::new(), steps };
        store.keep_look(hour(2), Look { episodes: vec![quiet], ..Look::default() }).await.unwrap();
        let (now, events) = seen(&store, 1, INTERNAL).await.unwrap();
        assert_eq!(now, silenced, "{name}");
        let told: Vec<_> =
            events.iter().map(|one| (one.step, one.at, one.was, one.note.as_deref())).collect();
        let expected = [
            (Step::Raised, hour(1), None, None),
            (Step::Updated, hour(2), Some(Severity::Medium), None),
            (Step::Silenced, hour(2), None, Some("s1")),
        ];
        assert_eq!(told, expected, "{name}");
        assert!(events.iter().all(|one| one.severity == Severity::High && one.actor.is_none()));
        assert!(seen(&store, 9, INTERNAL).await.is_none(), "{name}");
    }
}

#[tokio::test]
async fn events_are_followed_from_a_place_and_only_those_of_the_own_level() {
    for (name, store) in backends() {
        let public = &Clearance::of(Sensitivity::Public);
        assert_eq!(store.alert_events_end(INTERNAL).await.unwrap(), 0, "{name}");
        for id in 1..=3 {
            let level = if id == 2 { Sensitivity::Public } else { Sensitivity::Internal };
            keep(&store, vec![raised(KeptEpisode { level, ..episode(id, &format!("k{id}")) })])
                .await;
        }
        let after = async |place, limit, clearance: &Clearance| {
            let found = store.alert_events_after(place, limit, clearance, later()).await;
            let (events, until) = found.unwrap();
            assert!(events.iter().all(|(event, of)| event.episode == of.id), "{name}");
            (events.iter().map(|(_, of)| of.id.as_u128()).collect::<Vec<_>>(), until)
        };
        let end = store.alert_events_end(INTERNAL).await.unwrap();
        let (all, until) = after(0, 9, INTERNAL).await;
        assert_eq!((all, until), (vec![1, 3], end), "{name}");
        let (first, place) = after(0, 1, INTERNAL).await;
        assert_eq!(first, [1], "{name}");
        assert_eq!(after(place, 9, INTERNAL).await, (vec![3], end), "{name}: goes on from there");
        assert_eq!(after(end, 9, INTERNAL).await, (Vec::new(), end), "{name}");
        assert_eq!(after(0, 9, public).await.0, [2], "{name}");
        assert!(store.alert_events_end(public).await.unwrap() < end, "{name}");
    }
}

#[tokio::test]
async fn who_takes_an_alert_on_does_so_at_their_level_and_below_and_the_first_stays() {
    for (name, store) in backends() {
        for (level, id) in Sensitivity::ALL.iter().zip(1..) {
            keep(&store, vec![raised(KeptEpisode { level: *level, ..episode(id, "a") })]).await;
        }
        keep(&store, vec![raised(episode(9, "b"))]).await;
        let ack = async |id: u128, acknowledgement, clearance: &Clearance| {
            let of = Uuid::from_u128(id);
            store.acknowledge(of, acknowledgement, clearance).await.unwrap()
        };
        assert!(ack(3, by("ann", 5), INTERNAL).await.is_none(), "{name}: not of that level");
        let taken = ack(2, by("ann", 5), INTERNAL).await.unwrap();
        assert_eq!(taken.acknowledged, Some(by("ann", 5)), "{name}");
        let again = ack(2, by("bob", 6), INTERNAL).await.unwrap();
        assert_eq!(again.acknowledged, Some(by("ann", 5)), "{name}: who did it first");
        let mut taken = Vec::new();
        for level in Sensitivity::ALL {
            let open = store.open_episodes(*level).await.unwrap();
            taken.extend(open.into_iter().filter(|one| one.acknowledged.is_some()));
        }
        assert_eq!(ids(&taken), [1, 2], "{name}: nothing above, and no other key");
        let below = taken[0].acknowledged.clone().unwrap();
        assert!(below.by != "ann" && below.note.is_none(), "{name}: {below:?}");
        let (_, events) = seen(&store, 2, INTERNAL).await.unwrap();
        let last = events.last().unwrap();
        assert_eq!((last.step, last.actor.as_deref()), (Step::Acknowledged, Some("ann")));
        assert_eq!(last.note.as_deref(), Some("ann is on it"), "{name}");
        assert_eq!(events.len(), 2, "{name}: bob did nothing");
        // A look that did not know of it takes nothing back.
        keep(&store, vec![raised(KeptEpisode { severity: Severity::Low, ..episode(2, "a") })])
            .await;
        let (kept, _) = seen(&store, 2, INTERNAL).await.unwrap();
        assert_eq!((kept.severity, kept.acknowledged), (Severity::Low, Some(by("ann", 5))));
    }
}

#[tokio::test]
async fn what_is_over_or_not_there_cannot_be_taken_on() {
    for (name, store) in backends() {
        keep(&store, vec![raised(resolved(episode(1, "a"), 2))]).await;
        for id in [1, 2] {
            let of = Uuid::from_u128(id);
            let taken = store.acknowledge(of, by("ann", 5), INTERNAL).await.unwrap();
            assert!(taken.is_none(), "{name}: {id}");
        }
        assert_eq!(seen(&store, 1, INTERNAL).await.unwrap().0.acknowledged, None, "{name}");
    }
}

#[tokio::test]
async fn episodes_are_found_by_when_they_were_open_and_by_rule_the_latest_first() {
    for (name, store) in backends() {
        let at = |id, raised_at: i64, end: Option<i64>, rule| KeptEpisode {
            raised_at: hour(raised_at),
            resolved_at: end.map(hour),
            rule,
            ..episode(id, &format!("k{id}"))
        };
        let all = [
            at(1, 10, Some(20), Rule::Runout),
            at(2, 30, None, Rule::ConvoyAttacked),
            at(3, 40, Some(50), Rule::Runout),
        ];
        keep(&store, all.map(raised).to_vec()).await;
        let found = async |query: EpisodeQuery| {
            ids(&store.episodes(query, INTERNAL, later()).await.unwrap())
        };
        let all = EpisodeQuery { limit: 9, ..EpisodeQuery::default() };
        let from = |at| EpisodeQuery { from: Some(hour(at)), ..all.clone() };
        let to = |at| EpisodeQuery { to: Some(hour(at)), ..all.clone() };
        assert_eq!(found(all.clone()).await, [3, 2, 1], "{name}");
        assert_eq!(found(EpisodeQuery { limit: 2, ..all.clone() }).await, [3, 2], "{name}");
        assert_eq!(found(EpisodeQuery { open_only: true, ..all.clone() }).await, [2], "{name}");
        let runout = EpisodeQuery { rules: vec![Rule::Runout], limit: 1, ..all.clone() };
        assert_eq!(found(runout).await, [3], "{name}: so many of those that are asked for");
        assert_eq!(found(from(20)).await, [3, 2, 1], "{name}: it ended just then");
        assert_eq!(found(from(21)).await, [3, 2], "{name}");
        assert_eq!(found(from(51)).await, [2], "{name}: what is open is open ever since");
        assert_eq!(found(to(30)).await, [2, 1], "{name}: it was raised just then");
        assert_eq!(found(to(29)).await, [1], "{name}");
        assert!(found(to(9)).await.is_empty(), "{name}");
    }
}
