"""The numbers of the simulated worlds, each with its source or marked as assumed.

Sources: Han 2016 PMC5098773 (response 52/48/40 % on days 1/3/7); Murrough 2013 PMC3725185 (response 71 %
after a series, median relapse 18 days); McInnes 2022 (community, PHQ-9: response 54 % and remission 29 % at
14-31 days, 80 and 60 % of responders well at 4 and 8 weeks); Lii 2023 (expectancy, masked trial); BMC
Psychiatry 2020 20:474 (PHQ-9 retest .74-.84).
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class World:
    """How people of one kind of clinic respond; times in days, severity in PHQ-9 points."""

    name: str
    severity_mean: float = (
        16.0  # moderately severe: McInnes and Oliver report means of 16-18 at entry
    )
    severity_sd: float = 3.6
    entry_least: int = (
        14  # people begin treatment when they score high: regression to the mean follows
    )
    lift_share_mean: float = 0.60  # of severity, after one full dose; saturates over a series
    lift_share_sd: float = 0.28
    fast_part: float = 0.45  # of a lift; the rest fades slowly (assumed)
    fade_fast_days: float = 3.5
    fade_slow_days: float = 16.0
    fade_spread_log: float = 0.6
    durability_per_sitting: float = 0.15
    build_up: float = 0.8  # the part of what is missing to the full slow lift that a sitting adds
    expectancy_share: float = 0.10  # Lii 2023 found more; kept small on purpose
    expectancy_days: float = 45.0
    wobble_sd: float = 1.6  # assumed
    wobble_days: float = 11.0  # assumed
    life_events_per_year: float = 3.0  # assumed; sizes exponential, half up, half down
    life_event_points: float = 3.0
    life_event_days: float = 21.0
    phq9_noise_sd: float = (
        1.75  # retest .74-.84 with SD 5-6 gives 2.0-3.0 less the wobble between tests
    )
    recall_days: float = 1.8  # assumed
    mood_per_point: float = 0.23  # assumed
    mood_noise_sd: float = 0.75
    mood_wobble_sd: float = 0.75  # lasts a day or two (assumed)
    mood_wobble_days: float = 1.5
    mood_person_sd: float = 1.0
    mood_at_zero: float = 8.3
    tap_chance: float = 0.68
    tap_chance_lost_per_point: float = 0.012  # people tap less on worse days
    quiet_stretch_chance: float = 0.012
    score_every_days: tuple[int, ...] = (3, 7, 7, 14)
    noise_scale: float = 1.0
    noise_spread_log: float = 0.2  # people differ in how much their answers scatter (assumed)
    practice_points: float = 0.0
    practice_follows_mood: float = 0.0


# Published durability differs fourfold between cohorts, so there are four worlds and not one average.
# A sitting alone brings about half of them to response and a series two thirds (Han 2016; Phillips 2019: the
# rate doubled over six), so lifts build up. Half of the responders are back after 18 days (Murrough 2013).
WASHED_OUT = World(
    "washed out",
    lift_share_mean=0.66,
    lift_share_sd=0.36,
    fast_part=0.25,
    fade_slow_days=38.0,
    fade_spread_log=0.8,
    durability_per_sitting=0.4,
    build_up=0.66,
)
# 80 and 60 % of responders are well 4 and 8 weeks after a series (McInnes 2022).
COMMUNITY = World(
    "community",
    lift_share_mean=0.66,
    lift_share_sd=0.36,
    fast_part=0.15,
    fade_slow_days=45.0,
    durability_per_sitting=1.2,
    expectancy_share=0.12,
    build_up=0.66,
)
# Half of those who respond are back within two weeks (Salloum 2019, after one dose).
WASHED_OUT_SHORT = World(
    "washed out, short",
    lift_share_mean=0.62,
    fade_slow_days=26.0,
    fast_part=0.28,
    fade_spread_log=0.8,
)
# Half of those who respond are back after some seven weeks (Ekstrand 2022: 57 days in remission).
COMMUNITY_SHORT = World(
    "community, short",
    lift_share_mean=0.60,
    fade_slow_days=60.0,
    fast_part=0.22,
    durability_per_sitting=0.7,
    expectancy_share=0.12,
)
WORLDS = (WASHED_OUT, COMMUNITY, WASHED_OUT_SHORT, COMMUNITY_SHORT)


def shifted(world: World, by: float) -> World:
    """Noise, fade and lift changed at once: noise up by `by`, fade faster and lift smaller by it."""
    return replace(
        world,
        name=f"{world.name}, shifted",
        lift_share_mean=world.lift_share_mean * (1 - by),
        fade_fast_days=world.fade_fast_days * (1 - by),
        fade_slow_days=world.fade_slow_days * (1 - by),
        noise_scale=1 + by,
    )
