package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.advice.AdviceCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceTest {
    private static final String ORDERS = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders:
                path: /v1/orders
                marker: { timestamp: deleted_at }
            """;

    @ParameterizedTest
    @MethodSource("dangers")
    void eachDangerIsWarnedOfAtItsKey(AdviceCode code, String danger, String at) {
        Run run = Run.withInput(ORDERS + danger, "check", "-");

        assertThat(run.out()).contains("<stdin>:" + at + ": warning[" + code.text() + "]:");
        assertThat(run.exitCode()).isZero();
        assertThat(Run.withInput(ORDERS + danger, "check", "--strict", "-").exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("dangers")
    void aCommentOnTheLineOrTheLineAboveSilencesIt(AdviceCode code, String danger, String at) {
        int line = Integer.parseInt(at.split(":")[0]);
        String allow = "# cenotaph: allow " + code.text();
        List<String> lines = (ORDERS + danger).lines().toList();
        String onTheLine = String.join("\n", edited(lines, line - 1, lines.get(line - 1) + "  " + allow));
        String above = String.join("\n", edited(lines, line - 1, "    " + allow + "\n" + lines.get(line - 1)));

        assertThat(Run.withInput(onTheLine, "check", "-").out()).doesNotContain(code.text());
        assertThat(Run.withInput(above, "check", "-").out()).doesNotContain(code.text());
    }

    @Test
    void aCommentBehindCodeSaysNothingOfTheNextLine() {
        String two = ORDERS + "    override: apply # cenotaph: allow override-applies, batch-passes\n    batch: pass\n";

        assertThat(Run.withInput(two, "check", "-").out())
                .contains("warning[batch-passes]")
                .doesNotContain("warning[override-applies]");
    }

    @Test
    void anItemBelowItsCollectionWithAnEndingOrASlashIsAllRight() {
        assertThat(Run.withInput(
                                ORDERS.replace(
                                        "path: /v1/orders", "path: /v1/orders.json\n    item: '/v1/orders/{id}.json'"),
                                "check",
                                "-")
                        .out())
                .endsWith("all is well.\n");
        assertThat(Run.withInput(ORDERS.replace("path: /v1/orders", "path: /v1/orders/"), "check", "-")
                        .out())
                .endsWith("all is well.\n");
    }

    @Test
    void everyDangerIsTriedHere() {
        assertThat(dangers().map(danger -> danger.get()[0])).containsAll(Arrays.asList(AdviceCode.values()));
    }

    @Test
    void theSmallestPolicyIsWarnedOfNothing() {
        assertThat(Run.withInput(ORDERS, "check", "--strict", "-").exitCode()).isZero();
    }

    static Stream<Arguments> dangers() {
        return Stream.of(
                Arguments.of(AdviceCode.RESOURCE_OFF, "    mode: off\n", "7:5"),
                Arguments.of(AdviceCode.RESOURCE_IN_SHADOW, "    mode: shadow\n", "7:5"),
                Arguments.of(AdviceCode.DELETE_STAYS_REAL, "    answers: { delete: pass }\n", "7:16"),
                Arguments.of(AdviceCode.COLLECTION_DELETE_PASSES, "    collection-delete: pass\n", "7:5"),
                Arguments.of(AdviceCode.BATCH_PASSES, "    batch: pass\n", "7:5"),
                Arguments.of(AdviceCode.PERMANENT_WITHOUT_RETENTION, "    permanent: { allow: always }\n", "7:18"),
                Arguments.of(AdviceCode.SHORT_RETENTION, "    retention: PT1H\n", "7:5"),
                Arguments.of(AdviceCode.OVERRIDE_APPLIES, "    override: apply\n", "7:5"),
                Arguments.of(AdviceCode.NOT_VERIFIED, "    write: { verify: none }\n", "7:14"),
                Arguments.of(AdviceCode.EXISTENCE_TRUSTED, "    write: { exists: trust }\n", "7:14"),
                Arguments.of(AdviceCode.UNFILTERABLE_LISTS_PASS, "    list: { on-unfilterable: pass }\n", "7:13"),
                Arguments.of(AdviceCode.UNKNOWN_ALLOWANCE, "    # cenotaph: allow not-verifed\n", "7:23"),
                Arguments.of(AdviceCode.COLLECTION_NOT_GOVERNED, """
                        notes:
                          path: /v1/ntoes
                          item: /v1/notes/{id}
                          marker: { flag: gone }
                        """.indent(2), "8:5"),
                Arguments.of(AdviceCode.PARENT_NOT_GOVERNED, """
                        notes:
                          path: /v1/users/{user}/notes
                          marker: { flag: gone }
                        """.indent(2), "8:5"),
                Arguments.of(AdviceCode.VERSION_NOT_GOVERNED, """
                        customers:
                          path: /v2/customers
                          marker: { flag: gone }
                        both:
                          path: /v1/customers
                          marker: { flag: gone }
                        """.indent(2), "5:5"));
    }

    private static List<String> edited(List<String> lines, int index, String line) {
        var edited = new ArrayList<>(lines);
        edited.set(index, line);
        return edited;
    }
}
