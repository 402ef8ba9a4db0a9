package dev.cenotaph.load.speed.bare;

import java.util.List;

/** What would make a bare gateway something else, were it on the class path. */
final class Intruders {
    private static final List<String> RESOURCES = List.of(
            "dev/cenotaph/gateway/filter/SoftDeleteFilter.class",
            "dev/cenotaph/policy/PolicySet.class",
            "org/springframework/boot/actuate/endpoint/annotation/Endpoint.class",
            "io/micrometer/core/instrument/MeterRegistry.class",
            "com/github/benmanes/caffeine/cache/Cache.class",
            "org/sqlite/JDBC.class");

    private Intruders() {}

    /** @throws IllegalStateException if one of them is there */
    static void refuse() {
        for (String resource : RESOURCES) {
            if (Intruders.class.getClassLoader().getResource(resource) != null) {
                throw new IllegalStateException(resource + " is on the class path of a bare gateway");
            }
        }
    }
}
