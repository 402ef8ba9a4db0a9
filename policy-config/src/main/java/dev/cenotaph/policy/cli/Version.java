package dev.cenotaph.policy.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says, from the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"cenotaph " + number(), "Java " + Runtime.version()};
    }

    static String number() {
        return Optional.ofNullable(Cenotaph.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }
}
