use serde_json::Value;

use crate::context::Context;
use crate::moment::Moment;
use crate::rules::{Contents, Handoff, ServiceTimes, Team, Texts};

/// Who takes a handoff now, and what is promised.
pub(super) struct Service<'m> {
    pub(super) team: Option<&'m Team>,
    pub(super) times: ServiceTimes,
    /// The handoff's own team where it is closed now, and when it opens.
    closed: Option<(&'m Team, Moment)>,
    /// When the times begin; none where the host does not give the time.
    from: Option<Moment>,
}

impl<'m> Service<'m> {
    pub(super) fn of(contents: &'m Contents, handoff: &Handoff, context: &Context) -> Self {
        let meant = handoff.team.map(|team| &contents.teams[team]);
        let zone = meant.and_then(|team| team.zone);
        let now = context.get("time").and_then(Value::as_str).and_then(|time| Moment::parse_in(time, zone));
        let closed = meant.zip(now).and_then(|(team, now)| Some((team, opening(team, now)?)));
        let other = closed.and_then(|(team, _)| team.out_of_hours.team).map(|team| &contents.teams[team]);
        let team = other.or(meant);
        let opens = team.zip(now).and_then(|(team, now)| opening(team, now));
        let times = handoff.times.or(team.map(|team| team.times).unwrap_or_default());
        Service { team, times, closed, from: opens.or(now) }
    }

    /// When the team that it was meant for works next, where it does not now.
    pub(super) fn opening(&self) -> Option<Moment> {
        self.closed.map(|(_, opening)| opening)
    }

    /// What the customer is told.
    pub(super) fn say<'t>(&self, handoff: &'t Handoff) -> Option<&'t Texts>
    where
        'm: 't,
    {
        let out_of_hours = self.closed.map(|(team, _)| &team.out_of_hours.say);
        out_of_hours.filter(|say| !say.variants.is_empty()).or(Some(&handoff.say))
    }

    /// When something promised is due.
    pub(super) fn due(&self, seconds: Option<u64>) -> Option<String> {
        Some(self.from?.plus(seconds?).to_string())
    }
}

/// When a team works next; none where it works now.
fn opening(team: &Team, now: Moment) -> Option<Moment> {
    let hours = team.hours.as_ref().filter(|hours| !hours.are_open(now, team.zone))?;
    Some(hours.opening(now, team.zone))
}
