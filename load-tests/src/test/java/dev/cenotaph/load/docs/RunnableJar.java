package dev.cenotaph.load.docs;

import java.nio.file.Files;
import java.nio.file.Path;

/** The gateway as it was packaged. */
final class RunnableJar {
    private RunnableJar() {}

    static Path path() {
        return built("cenotaph-gateway-exec.jar");
    }

    /** The plugin: without what it depends on. */
    static Path plain() {
        return built("cenotaph-gateway.jar");
    }

    private static Path built(String name) {
        Path jar = Page.ROOT.resolve("gateway/target").resolve(name);
        if (!Files.exists(jar)) {
            throw new AssertionError("There is no " + jar + ". These tests run what was packaged: run them with"
                    + " ./mvnw verify, or package the gateway before (./mvnw -pl policy-config,gateway package"
                    + " -DskipTests).");
        }
        return jar;
    }
}
