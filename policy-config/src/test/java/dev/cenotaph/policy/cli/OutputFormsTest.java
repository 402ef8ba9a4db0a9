package dev.cenotaph.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One problem and one warning cannot be had at once, so these look at a file with problems. */
class OutputFormsTest {
    private static final String BROKEN = """
            version: 1
            upstream: http://localhost:9090
            resources:
              orders:
                path: /api/orders
                makrer: { timestamp: "<&>" }
            """;

    private final JsonMapper mapper = JsonMapper.shared();

    @Test
    void jsonHoldsEachFindingWithItsPlace() {
        JsonNode report = mapper.readTree(
                Run.withInput(BROKEN, "check", "-o", "json", "-").out());

        JsonNode finding = report.at("/subjects/0/findings/1");
        assertThat(report.at("/errors").asInt()).isEqualTo(2);
        assertThat(finding.at("/code").asString()).isEqualTo("unknown-key");
        assertThat(finding.at("/file").asString()).isEqualTo("<stdin>");
        assertThat(finding.at("/line").asInt()).isEqualTo(6);
        assertThat(finding.at("/column").asInt()).isEqualTo(5);
        assertThat(finding.at("/mend").asString()).isEqualTo("Did you mean `marker`?");
    }

    @Test
    void githubShowsEachFindingAtItsLine() {
        assertThat(Run.withInput(BROKEN, "check", "-o", "github", "-").out())
                .contains("::error file=<stdin>,line=6,col=5,title=unknown-key::"
                        + "`makrer` is no key here. Did you mean `marker`?\n");
    }

    @Test
    void sarifResultsNameTheirRules() {
        JsonNode sarif = mapper.readTree(
                Run.withInput(BROKEN, "check", "-o", "sarif", "-").out());

        assertThat(sarif.at("/version").asString()).isEqualTo("2.1.0");
        JsonNode run = sarif.at("/runs/0");
        Set<String> rules = new HashSet<>();
        run.at("/tool/driver/rules").forEach(rule -> {
            assertThat(rules.add(rule.at("/id").asString())).isTrue();
            assertThat(rule.at("/shortDescription/text").asString()).endsWith(".");
            assertThat(rule.at("/defaultConfiguration/level").asString()).isIn("error", "warning");
        });
        assertThat(run.at("/results")).hasSize(2).allSatisfy(result -> {
            int index = result.at("/ruleIndex").asInt();
            assertThat(run.at("/tool/driver/rules/" + index + "/id")).isEqualTo(result.at("/ruleId"));
            assertThat(result.at("/message/text").asString()).isNotBlank();
        });
        JsonNode region = run.at("/results/1/locations/0/physicalLocation/region");
        assertThat(region.at("/startLine").asInt()).isEqualTo(6);
        assertThat(region.at("/startColumn").asInt()).isEqualTo(5);
        assertThat(region.at("/endColumn").asInt()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.yaml>shop.yaml",
                "policies/my shop.yaml>policies/my%20shop.yaml",
                "b\u00fcch#1 100%.yaml>b%C3%BCch%231%20100%25.yaml",
                "a/<b>.yaml>a/%3Cb%3E.yaml",
                "a:b/c.yaml>./a:b/c.yaml",
                "/srv/a b.yaml>file:///srv/a%20b.yaml",
                "C:\\shop\\a.yaml>file:///C:/shop/a.yaml",
            })
    void aFileIsAUriReferenceInSarif(String line) {
        int end = line.lastIndexOf('>');
        String uri = ArtifactUri.of(line.substring(0, end)).orElseThrow();

        assertThat(uri).isEqualTo(line.substring(end + 1));
        assertThat(URI.create(uri).toASCIIString()).isEqualTo(uri);
    }

    @Test
    void theStandardInputHasNoUriInSarif() {
        JsonNode artifact = mapper.readTree(
                        Run.withInput(BROKEN, "check", "-o", "sarif", "-").out())
                .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation");

        assertThat(artifact.propertyNames()).containsExactly("description");
        assertThat(artifact.at("/description/text").asString()).isEqualTo("<stdin>");
    }

    @Test
    void aWarningIsAFailureInJunitWhereItEndsWithOne() {
        String warned = BROKEN.replaceAll("makrer: .*", "marker: { flag: gone }") + "    batch: pass\n";

        assertThat(Run.withInput(warned, "check", "-o", "junit", "--strict", "-"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(1))
                .satisfies(run -> assertThat(run.out()).contains("failures=\"1\"", "<failure type=\"batch-passes\""));
        assertThat(Run.withInput(warned, "check", "-o", "junit", "-").out()).contains("failures=\"0\"");
    }

    @Test
    void junitHasACaseForEachFile() throws Exception {
        String xml = Run.withInput(BROKEN, "check", "-o", "junit", "-").out();

        Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        Element testCase = (Element) suites.getElementsByTagName("testcase").item(0);
        assertThat(testCase.getAttribute("name")).isEqualTo("<stdin>");
        assertThat(testCase.getTextContent()).contains("error[unknown-key]: `makrer` is no key here.");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(Run.coloured("check", "policies").out()).contains("\u001b[");
        assertThat(Run.of("check", "policies").out()).doesNotContain("\u001b[");
    }

    @Test
    void everyCodeIsExplained() {
        assertThat(Rules.ofPolicies()).allSatisfy(rule -> {
            Run run = Run.of("check", "--explain", rule.code());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo(rule.severity().word() + "[" + rule.code() + "]: " + rule.meaning() + "\n");
        });
        assertThat(Run.of("check", "--explain", "nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void completionScriptsKnowTheCommands() {
        assertThat(Run.of("completion", "bash").out()).contains("complete -F", "cenotaph", "check");
        assertThat(Run.of("completion", "zsh").out()).startsWith("autoload").contains("complete -F");
    }
}
