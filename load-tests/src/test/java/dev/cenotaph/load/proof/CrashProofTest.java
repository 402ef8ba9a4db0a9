package dev.cenotaph.load.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.proof.Findings.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of the proof, and gateways broken on purpose that it must not let pass. */
final class CrashProofTest {
    private static final long SEED = 7;

    @TempDir
    private static Path directory;

    private static ClassPath classPath;

    @BeforeAll
    static void makeClassPath() throws IOException {
        classPath = new ClassPath(directory.resolve("start"));
    }

    @Test
    void gatewayKilledAtEveryPointKeepsItsPromises() throws IOException, InterruptedException, SQLException {
        try (var proof = proof(Sabotage.NONE)) {
            proof.roundEverywhere(true);
            assertThat(proof.findings().all()).isEmpty();
            assertThat(proof.tally().fewest()).isPositive();
            assertThat(proof.tally().fewestInRecovery()).isPositive();
        }
    }

    @Test
    void gatewayThatDoesNotRecoverIsFoundOut() throws IOException, InterruptedException, SQLException {
        try (var proof = proof(Sabotage.NO_RECOVERY)) {
            proof.roundEverywhere(false);
            assertThat(proof.findings().violations(Kind.LIVE_HIDDEN)).isPositive();
            assertThat(proof.findings().violations(Kind.LEFT_OPEN)).isPositive();
        }
    }

    @Test
    void gatewayThatAcknowledgesBeforeItRecordsIsFoundOut() throws IOException, InterruptedException, SQLException {
        try (var proof = proof(Sabotage.LATE_RECORD)) {
            proof.roundEverywhere(false);
            assertThat(proof.findings().violations(Kind.TRASHED_VISIBLE)
                            + proof.findings().violations(Kind.DISAGREES))
                    .isPositive();
        }
    }

    private static CrashProof proof(Sabotage sabotage) throws IOException, InterruptedException {
        var options = new ProofOptions(1, 1, SEED, Store.SQLITE, sabotage, directory.resolve(sabotage.name()));
        return new CrashProof(options, classPath);
    }
}
