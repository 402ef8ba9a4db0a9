package dev.cenotaph.policy.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path above a resource's is found however an upstream may read it. */
class BaseTest {
    private final PolicyMatcher matcher = Policies.matcher(
            Policies.resource("patients", "/fhir/r5/Patient"), Policies.resource("notes", "/users/{user}/notes"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/fhir",
                "/fhir/",
                "/fhir/r5",
                "/FHIR/R5",
                "/fhir/r5///",
                "/users",
                "/users/7",
                "/a/../fhir",
                "/fhir//r5",
                "/%66hir",
                "/fhir;v=1/r5"
            })
    void pathAboveAResourceIsABase(String path) {
        assertThat(matcher.isBase(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fhir/r5/Patient",
                "/fhir/r5/Patient/7",
                "/fhir/r4",
                "/fhirs",
                "/users/7/notes",
                "/users/7/orders",
                "/users/7/8",
                "/other",
                "/r5"
            })
    void anyOtherIsNone(String path) {
        assertThat(matcher.isBase(path)).isFalse();
    }
}
