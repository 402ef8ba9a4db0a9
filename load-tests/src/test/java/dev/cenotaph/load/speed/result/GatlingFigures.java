package dev.cenotaph.load.speed.result;

/**
 * One scenario at one target, as Gatling saw it. Its clock ticks in milliseconds.
 *
 * @param rate requests a second, as they arrive
 */
public record GatlingFigures(
        String scenario,
        String target,
        double rate,
        long requests,
        long errors,
        double p50,
        double p90,
        double p99,
        double p999) {}
