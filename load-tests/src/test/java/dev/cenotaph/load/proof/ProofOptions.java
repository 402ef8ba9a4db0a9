package dev.cenotaph.load.proof;

import dev.cenotaph.load.Arguments;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What the proof does.
 *
 * @param kills how often at each point, at least
 * @param minutes after which no round begins
 * @param seed of everything that is left to chance, apart from the order in which threads run
 * @param directory for the store, logs and the report; emptied
 */
record ProofOptions(int kills, int minutes, long seed, Store store, Sabotage sabotage, Path directory) {
    private static final String KILLS = "--kills";
    private static final String MINUTES = "--minutes";
    private static final String SEED = "--seed";
    private static final String STORE = "--store";
    private static final String SABOTAGE = "--sabotage";
    private static final String DIRECTORY = "--directory";
    private static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException if an option is unknown or has a value that makes no sense */
    static ProofOptions parse(String... arguments) {
        Arguments options = Arguments.parse(Set.of(KILLS, MINUTES, SEED, STORE, SABOTAGE, DIRECTORY), arguments);
        return new ProofOptions(
                options.number(KILLS, 50, MOST),
                options.number(MINUTES, 18, MOST),
                options.number(SEED, (int) (System.currentTimeMillis() % MOST), MOST),
                Store.valueOf(constant(options.text(STORE, "sqlite"))),
                Sabotage.valueOf(constant(options.text(SABOTAGE, "none"))),
                Path.of(options.text(DIRECTORY, "target/proof")).toAbsolutePath());
    }

    private static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
