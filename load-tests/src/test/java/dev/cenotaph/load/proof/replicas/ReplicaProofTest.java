package dev.cenotaph.load.proof.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.proof.replicas.Staleness.Figures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of the proof. */
class ReplicaProofTest {

    @Test
    void replicasAgreeSoonLoseNothingAndComeBackByThemselves(@TempDir Path output) throws Exception {
        ReplicaProof.Findings findings = ReplicaProof.run(ReplicaOptions.brief(output));

        assertThat(findings.phases()).hasSize(4).allSatisfy(phase -> {
            assertThat(phase.samples()).as(phase.phase()).isPositive();
            assertThat(phase.worst()).as(phase.phase()).isLessThan(5_000);
        });
        Figures paused = findings.phases().get(2);
        assertThat(paused.stale()).as(paused.toString()).isZero();
        assertThat(paused.unanswered()).as(paused.toString()).isZero();
        assertThat(findings.lost()).isEmpty();
        assertThat(findings.changes()).isPositive();
        assertThat(findings.recovery()).isLessThan(20_000);
        assertThat(output.resolve("replicas.json")).isNotEmptyFile();
    }
}
