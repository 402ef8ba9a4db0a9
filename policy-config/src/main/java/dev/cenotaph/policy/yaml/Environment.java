package dev.cenotaph.policy.yaml;

import org.jspecify.annotations.Nullable;

/** Where {@code ${NAME}} in an upstream comes from. */
@FunctionalInterface
public interface Environment {

    /** The variable's value, or null where it is not set. */
    @Nullable String get(String name);

    /** The environment of this process. */
    static Environment ofProcess() {
        return System::getenv;
    }
}
