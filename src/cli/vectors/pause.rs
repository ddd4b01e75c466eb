//! Adapters of pauses: their life, their windows, what they can deliver.

use std::str::FromStr;

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::Adapter;
use super::args::{Args, BadArgs, Parsed, as_json, as_number};
use crate::assess::gap::Haulage;
use crate::assess::interval;
use crate::assess::pause_life::{self, PauseEvent, PauseEventKind, PauseWindow};
use crate::assess::recurrence::{self, Window};
use crate::assess::segments::{self, WorkingDay};
use crate::assess::throughput::{Logistics, bound, simulation, windows};
use crate::domain::Problems;
use crate::domain::pause::DurationMode;

pub(super) const ADAPTERS: &[(&str, Adapter)] = &[
    ("pause_state", pause_state),
    ("merge_intervals", merge_intervals),
    ("recurrence", recurrence),
    ("operating_segments", operating_segments),
    ("loads_bound", loads_bound),
    ("loads_sim", loads_sim),
    ("convoy_block_max", convoy_block_max),
    ("window_yield", window_yield),
    ("windows_needed", windows_needed),
    ("windows_needed_conf", windows_needed_conf),
    ("steady_state", steady_state),
];

fn pause_event(event: Args) -> Parsed<PauseEvent> {
    let window = PauseWindow { start: event.maybe("start")?, end: event.maybe("end")? };
    let kind = match event.text("type")? {
        "requested" => PauseEventKind::Requested(window),
        "agreed" => PauseEventKind::Agreed(window),
        "extended" => PauseEventKind::Extended { end: event.number("end")? },
        "violated" => PauseEventKind::Violated { terminal: event.parsed_or("terminal", false)? },
        "refused" => PauseEventKind::Refused,
        "cancelled" => PauseEventKind::Cancelled,
        _ => return event.refuse("type", "an event of a pause"),
    };
    Ok(PauseEvent { hour: event.number("t")?, kind })
}

fn pause_state(args: Args) -> Parsed<Value> {
    let events = args.each("events", pause_event)?;
    Ok(json!(pause_life::pause_state(&events, args.number("now")?)))
}

fn merge_intervals(args: Args) -> Parsed<Value> {
    let pairs =
        args.each("pairs", |pair| match (as_number(&pair.0[0]), as_number(&pair.0[1])) {
            (Some(start), Some(end)) => Ok((start, end)),
            _ => Err(BadArgs(format!("each pair must be two numbers, got {}", pair.0))),
        })?;
    let union = interval::merge_intervals(&pairs).into_iter();
    Ok(union.map(|(start, end)| json!([as_json(start), as_json(end)])).collect())
}

fn refused(problems: &Problems) -> BadArgs {
    BadArgs(problems.to_string())
}

fn read<T: FromStr>(args: Args, name: &str, rule: &str) -> Parsed<T> {
    args.text(name)?.parse().or_else(|_unread| args.refuse(name, rule))
}

fn zone(args: Args) -> Parsed<Tz> {
    read(args, "tz", "an IANA time zone")
}

fn as_windows(windows: Vec<Window>) -> Value {
    let instant =
        |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let window = |window: Window| json!({"start": instant(window.start), "end": instant(window.end), "hours": window.hours()});
    windows.into_iter().map(window).collect()
}

fn recurrence(args: Args) -> Parsed<Value> {
    let mode = match args.0["mode"].as_str() {
        None => DurationMode::Elapsed,
        Some(mode) => mode.parse().or_else(|_unknown| args.refuse("mode", "elapsed or nominal"))?,
    };
    let windows = recurrence::recurrence(
        read(args, "first_local", "a local time")?,
        zone(args)?,
        whole(args, "every_days")?,
        args.parsed_or("count", 1)?,
        args.number("hours")?,
        mode,
    );
    windows.map(as_windows).map_err(|problems| refused(&problems))
}

fn operating_segments(args: Args) -> Parsed<Value> {
    let pause =
        Window { start: read(args, "start", "an instant")?, end: read(args, "end", "an instant")? };
    let day = WorkingDay {
        open_hour: args.number("open_h")?,
        close_hour: args.number("close_h")?,
        lead_hours: args.parsed_or("lead_h", 0.0)?,
        buffer_hours: args.parsed_or("buffer_h", 0.0)?,
    };
    segments::operating_segments(pause, zone(args)?, &day)
        .map(as_windows)
        .map_err(|problems| refused(&problems))
}

/// A whole number, also if it is written as 40.0.
fn whole(args: Args, name: &str) -> Parsed<u32> {
    let number = args.number(name)?;
    if number.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&number) {
        return args.refuse(name, "a whole number from 0 up");
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let whole = number as u32;
    Ok(whole)
}

fn hours_and_logistics(args: Args) -> Parsed<(f64, Logistics)> {
    let p = Args(&args.0["p"]);
    let logistics = Logistics {
        trucks: whole(p, "trucks")?,
        load_hours: p.number("t_load")?,
        preloaded: p.parsed_or("preloaded", true)?,
        approach_hours: p.number("t_a")?,
        inspection_hours: p.number("s_cp")?,
        lanes: whole(p, "lanes")?,
        onward_hours: p.number("t_b")?,
        unload_hours: p.number("unload")?,
        docks: whole(p, "docks")?,
        return_hours: p.number("t_ret")?,
        must_return: p.parsed_or("must_return", true)?,
        ..Logistics::EASTERN_ALEPPO
    };
    Ok((args.number("hours")?, logistics))
}

fn loads_bound(args: Args) -> Parsed<Value> {
    let (hours, logistics) = hours_and_logistics(args)?;
    bound::loads_bound(hours, &logistics)
        .map(|bound| json!(bound))
        .map_err(|problems| refused(&problems))
}

fn loads_sim(args: Args) -> Parsed<Value> {
    let (hours, logistics) = hours_and_logistics(args)?;
    simulation::loads_sim(hours, &logistics)
        .map(|loads| json!(loads))
        .map_err(|problems| refused(&problems))
}

fn convoy_block_max(args: Args) -> Parsed<Value> {
    let (hours, logistics) = hours_and_logistics(args)?;
    bound::convoy_block_max(hours, &logistics)
        .map(|trucks| json!(trucks))
        .map_err(|problems| refused(&problems))
}

fn window_yield(args: Args) -> Parsed<Value> {
    let usual = Haulage::default();
    let haulage = Haulage {
        ration_kg: args.parsed_or("ration_kg_pppd", usual.ration_kg)?,
        loss: args.parsed_or("loss", usual.loss)?,
        payload_tonnes: args.parsed_or("payload_t", usual.payload_tonnes)?,
        trucks_per_convoy: None,
    };
    let (ration_days, honour) = (args.number("ration_days")?, args.parsed_or("honour", 1.0)?);
    Ok(json!(windows::window_yield(args.number("loads")?, &haulage, ration_days, honour)))
}

fn windows_needed(args: Args) -> Parsed<Value> {
    let windows = windows::windows_needed(
        args.number("population")?,
        args.number("days")?,
        args.parsed_or("stock_pd", 0.0)?,
        inflow(args)?,
        args.number("yield_pd")?,
    );
    Ok(windows.map_or(Value::Null, as_json))
}

/// What comes in by itself, whatever its unit adds to the name.
fn inflow(args: Args) -> Parsed<f64> {
    let name =
        args.0.as_object().and_then(|all| all.keys().find(|name| name.starts_with("inflow")));
    name.map_or(Ok(0.0), |name| args.parsed_or(name, 0.0))
}

fn windows_needed_conf(args: Args) -> Parsed<Value> {
    let kept = whole(args, "successes")?;
    let (honour, confidence) = (args.number("honour")?, args.number("confidence")?);
    let windows = windows::windows_needed_conf(kept, honour, confidence);
    Ok(windows.map_or(Value::Null, as_json))
}

fn steady_state(args: Args) -> Parsed<Value> {
    let steady = windows::steady_state(
        args.number("population")?,
        args.number("yield_pd")?,
        args.number("cycle_days")?,
        args.parsed_or("honour", 1.0)?,
        inflow(args)?,
    );
    Ok(steady.map_or(Value::Null, |steady| {
        json!({"coverage": steady.coverage, "yield_for_100": as_json(steady.yield_for_100)})
    }))
}
