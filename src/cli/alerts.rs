//! `passage alerts`: what would have been raised in a time in the past, and when.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use indicatif::ProgressBar;

use super::{moment, must_hold_data, settings, wrapped};
use crate::app::App;
use crate::clock::Clock;
use crate::domain::{Clearance, Moment, Sensitivity};
use crate::jobs::replay::{Ask, replay};
use crate::situation::alert::life::{Episode, Event, Step};
use crate::situation::alert::{Rule, Severity};

/// The columns that the sentence of an alert has, and those before it.
const WIDTH: usize = 76;
const INDENT: usize = 4;

/// What `alerts` takes.
#[derive(Debug, clap::Args)]
pub(super) struct AlertsArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The first day, or instant; UTC.
    #[arg(long, value_name = "DAY")]
    from: Moment,
    /// The last day, or instant; a day means its end. Left out, now.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Only alerts that touch this area; may be given several times.
    #[arg(long, value_name = "CODE")]
    area: Vec<String>,
    /// Only these rules.
    #[arg(long, value_name = "RULE")]
    rule: Vec<Rule>,
    /// Only alerts that were at some time this grave or graver.
    #[arg(long, value_name = "SEVERITY", default_value = "low")]
    severity: Severity,
    /// As readers of this clearance would have been told.
    #[arg(long, value_name = "LEVEL", default_value = "internal")]
    clearance: Sensitivity,
    /// Prints one JSON object a line.
    #[arg(long)]
    json: bool,
}

impl AlertsArgs {
    /// The events of the episodes that at some time were what is asked for.
    fn wanted(&self, events: Vec<Event>) -> Vec<Event> {
        let id = |event: &Event| (event.episode.alert.key.clone(), event.episode.number);
        let with = |is: &dyn Fn(&Episode) -> bool| -> BTreeSet<(String, u32)> {
            events.iter().filter(|event| is(&event.episode)).map(id).collect()
        };
        let grave = with(&|episode| episode.gravest >= self.severity);
        let there = with(&|episode| {
            self.area.is_empty() || episode.alert.areas.iter().any(|area| self.area.contains(area))
        });
        let ruled =
            with(&|episode| self.rule.is_empty() || self.rule.contains(&episode.alert.rule));
        let is_wanted = |event: &Event| {
            let id = id(event);
            grave.contains(&id) && there.contains(&id) && ruled.contains(&id)
        };
        events.into_iter().filter(is_wanted).collect()
    }
}

pub(super) async fn run(
    args: AlertsArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    must_hold_data(&args.data)?;
    let settings = settings(config, Some(&args.data))?;
    let app = App::beside(&args.data, Clock::Wall, settings).await?;
    let to = args.to.as_deref().map_or_else(|| Ok(app.clock.now()), moment)?;
    let ask = Ask { from: args.from.start(), to, clearance: Clearance::of(args.clearance) };
    let known = app.situations.world();
    if let Some(unknown) = args.area.iter().find(|area| known.areas.get(area.as_str()).is_none()) {
        bail!("--area: there is no area {unknown}");
    }
    if ask.from > ask.to {
        bail!("--from must not be later than --to");
    }
    let bar = progress();
    let looked = |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let events = args.wanted(replay(&app, &ask, looked).await?);
    bar.finish_and_clear();
    for event in &events {
        if args.json {
            writeln!(out, "{}", serde_json::json!(event))?;
        } else {
            show(event, out)?;
        }
    }
    if !args.json {
        writeln!(out, "{}", summary(&events))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A bar, where somebody looks: years take minutes.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    ProgressBar::new(0)
}

/// How many of each step, in a sentence.
fn summary(events: &[Event]) -> String {
    let count = |step| events.iter().filter(|event| event.step == step).count();
    let [open, raised, updated, resolved] =
        [Step::Open, Step::Raised, Step::Updated, Step::Resolved].map(count);
    let left = open + raised - resolved;
    format!(
        "{open} open at first, {raised} raised, {updated} changed, {resolved} resolved, {left} open at last."
    )
}

/// A line with when, what and how grave, and the sentence below it.
fn show(event: &Event, out: &mut dyn Write) -> std::io::Result<()> {
    let Event { at, step, was, episode } = event;
    let at = at.format("%Y-%m-%d %H:%M");
    let mut grave = episode.alert.severity.to_string();
    if let Some(was) = was {
        grave = format!("{was} -> {grave}");
    }
    let again = if episode.number > 1 {
        format!(" (for the {}. time)", episode.number)
    } else {
        String::new()
    };
    let head = format!("{at}  {:<8}  {grave:<8}", step.as_str());
    let key = format!("{}{again}", episode.alert.key);
    let is_long = head.chars().count() + key.chars().count() + 2 > WIDTH + INDENT;
    writeln!(out, "{head}{}{key}", if is_long { "\n    " } else { "  " })?;
    if *step != Step::Resolved {
        for line in wrapped(&episode.alert.text, WIDTH) {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}
