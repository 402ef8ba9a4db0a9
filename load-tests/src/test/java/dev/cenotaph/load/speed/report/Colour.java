package dev.cenotaph.load.speed.report;

import dev.cenotaph.load.speed.target.Target;

/** The colour of a target, told apart by the colour-blind, too. */
final class Colour {
    private Colour() {}

    static String of(Target target) {
        return switch (target) {
            case UPSTREAM -> "#9aa5b1";
            case BARE -> "#56b4e9";
            case STRIPPING -> "#e69f00";
            case CENOTAPH -> "#00875f";
        };
    }
}
