package dev.cenotaph.load.speed.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.speed.result.GatlingFigures;
import dev.cenotaph.load.speed.result.Latency;
import dev.cenotaph.load.speed.result.LongListFigures;
import dev.cenotaph.load.speed.result.Machine;
import dev.cenotaph.load.speed.result.Paced;
import dev.cenotaph.load.speed.result.PolicySetFigures;
import dev.cenotaph.load.speed.result.Results;
import dev.cenotaph.load.speed.result.Sample;
import dev.cenotaph.load.speed.result.Samples;
import dev.cenotaph.load.speed.scenario.Scenario;
import dev.cenotaph.load.speed.target.Target;
import java.io.StringReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportsTest {
    private static final Results RESULTS = results();

    @Test
    void markdownSaysPlainlyWhatIsMissed() {
        assertThat(MarkdownReport.of(RESULTS).lines())
                .contains(
                        "| governed live GET | bare Spring Cloud Gateway | 0.50× | ≥ 0.95× | **missed** |",
                        "| GET of a trashed item | bare Spring Cloud Gateway passing a GET | 6.00× | ≥ 5.00× | met |",
                        "| DELETE with a durable tombstone, p50 | the same DELETE through bare Spring Cloud Gateway"
                                + " |  | ≤ 2.00× | not measured |",
                        "| governed live GET | Cenotaph | 5,000 | 0.50 | 1.00 | 2.00 | 3.00 | 40.00 | 60 | 1.00 | 0 |",
                        "| 1,074 | 128 | 512 | 70 | 71 | none |",
                        "| list of 20 | Cenotaph | 300 | 2 | 3 | 5 | 8 | 900 | 0 |");
    }

    @Test
    void machineIsInTheReport() {
        assertThat(MarkdownReport.of(RESULTS))
                .contains("at commit abc1234+", "on 2 cores (Some CPU)", "23.0 GiB", "Load before the run: 0.10");
    }

    @Test
    void partsThatDidNotRunAreLeftOut() {
        var nothing = new Results(
                RESULTS.machine(), new Samples(List.of()), Paced.NOT, Optional.empty(), Optional.empty(), List.of());
        assertThat(MarkdownReport.of(nothing).lines().filter(line -> line.startsWith("## ")))
                .containsExactly("## Goals");
        assertThat(HtmlReport.of(nothing)).doesNotContain("<svg");
    }

    @Test
    void everyChartIsWellFormedAndNamesItsTargets() throws Exception {
        List<String> charts = List.of(
                RateChart.all(RESULTS.saturation()).getFirst(),
                LatencyChart.all(RESULTS.saturation()).getFirst());
        for (String chart : charts) {
            Document svg = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(chart)));
            assertThat(svg.getDocumentElement().getTextContent()).contains("Cenotaph", "bare SCG");
        }
    }

    @Test
    void pageNeedsNothingFromElsewhere() {
        assertThat(HtmlReport.of(RESULTS))
                .contains("<svg", "<strong>missed</strong>")
                .doesNotContain("http://", "https://", "<script", "<link", "<img", "**");
    }

    @Test
    void jsonHoldsTheFigures() {
        JsonNode json = JsonMapper.shared().readTree(Reports.json(RESULTS));
        assertThat(json.at("/machine/commit").asString()).isEqualTo("abc1234+");
        assertThat(json.at("/saturation/medians/0/latency/p50").asDouble()).isEqualTo(1_000);
        assertThat(json.at("/longList/bytes").asLong()).isEqualTo(1L << 30);
    }

    private static Results results() {
        return new Results(
                new Machine("Some CPU", 2, "23.0 GiB", "Linux", "a JVM", "0.10", "abc1234+", Instant.EPOCH),
                new Samples(List.of(
                        sample(Scenario.LIVE, Target.BARE, 10_000),
                        sample(Scenario.LIVE, Target.CENOTAPH, 5_000),
                        sample(Scenario.GONE, Target.BARE, 10_000),
                        sample(Scenario.GONE, Target.CENOTAPH, 60_000))),
                new Paced(new Samples(Arrays.stream(Target.values())
                        .map(target -> sample(Scenario.UNGOVERNED, target, 5_000))
                        .toList())),
                Optional.of(new LongListFigures(1L << 30, 512e6, 128, 70, 71, "")),
                Optional.of(new PolicySetFigures(1_000, 0.99, 0.98)),
                List.of(new GatlingFigures("list-20", "cenotaph", 300, 900, 0, 2, 3, 5, 8)));
    }

    private static Sample sample(Scenario scenario, Target target, double rate) {
        return new Sample(
                scenario, target, rate, rate * 300, 60, new Latency(1_000, 2_000, 3_000, 40_000), 0, List.of());
    }
}
