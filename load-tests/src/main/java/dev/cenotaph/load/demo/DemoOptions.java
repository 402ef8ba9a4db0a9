package dev.cenotaph.load.demo;

import dev.cenotaph.load.Arguments;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the demo starts, and where.
 *
 * @param data a directory for both databases and both logs
 * @param endWithParent whether to stop when the process that started this one is gone
 */
record DemoOptions(
        int legacyPort,
        int gatewayPort,
        int managementPort,
        Path gatewayJar,
        Path policies,
        Path data,
        boolean endWithParent) {
    private static final String LEGACY_PORT = "--legacy-port";
    private static final String GATEWAY_PORT = "--gateway-port";
    private static final String MANAGEMENT_PORT = "--management-port";
    private static final String GATEWAY_JAR = "--gateway-jar";
    private static final String POLICIES = "--policies";
    private static final String DATA = "--data";
    private static final String END_WITH_PARENT = "--end-with-parent";

    /** @throws IllegalArgumentException if an option is unknown or has a value that makes no sense */
    static DemoOptions parse(String... arguments) {
        Arguments options = Arguments.parse(
                Set.of(LEGACY_PORT, GATEWAY_PORT, MANAGEMENT_PORT, GATEWAY_JAR, POLICIES, DATA, END_WITH_PARENT),
                arguments);
        return new DemoOptions(
                options.port(LEGACY_PORT, 9090),
                options.port(GATEWAY_PORT, 8080),
                options.port(MANAGEMENT_PORT, 8081),
                path(options, GATEWAY_JAR, "gateway/target/cenotaph-gateway-exec.jar"),
                path(options, POLICIES, "policy-config/policies"),
                path(options, DATA, "data/demo"),
                Boolean.parseBoolean(options.text(END_WITH_PARENT, "false")));
    }

    String legacy() {
        return "http://localhost:" + legacyPort;
    }

    String gateway() {
        return "http://localhost:" + gatewayPort;
    }

    String management() {
        return "http://localhost:" + managementPort;
    }

    Path legacyLog() {
        return data.resolve("legacy.log");
    }

    Path gatewayLog() {
        return data.resolve("gateway.log");
    }

    private static Path path(Arguments options, String name, String otherwise) {
        return Path.of(options.text(name, otherwise)).toAbsolutePath().normalize();
    }
}
