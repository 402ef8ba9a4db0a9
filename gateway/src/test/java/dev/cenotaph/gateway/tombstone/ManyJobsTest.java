package dev.cenotaph.gateway.tombstone;

import static dev.cenotaph.gateway.tombstone.TestTombstones.LEASE;
import static dev.cenotaph.gateway.tombstone.TestTombstones.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.gateway.tombstone.ManyJob.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class ManyJobsTest {
    private static final List<String> IDS = List.of("1", "a/b", "%", "é", "5");

    @EveryStore
    void whatCameOfEachItemIsKeptAndTheRestIsLeft(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            begin(test.tombstones().manyJobs(), "job");
            ManyJobs jobs = test.tombstones().manyJobs();
            test.clock.pass(LEASE.plusSeconds(1));
            assertThat(get(jobs.take("job"))).isTrue();
            assertThat(get(jobs.next("job", 2))).hasSize(2);
            assertThat(get(jobs.save(
                            "job",
                            List.of(
                                    new Outcome("a/b", 204, Optional.empty()),
                                    new Outcome("é", 409, Optional.of("{\"title\":\"ümläut\"}"))))))
                    .isTrue();

            test.restart();
            ManyJobs later = test.tombstones().manyJobs();
            ManyJob job = get(later.find("job"));
            assertThat(List.of(job.done(), job.failed(), job.left())).containsExactly(1L, 1L, 3L);
            assertThat(job.failures()).containsExactly(new Outcome("é", 409, Optional.of("{\"title\":\"ümläut\"}")));
            assertThat(get(later.next("job", 10))).containsExactlyInAnyOrder("1", "%", "5");
        }
    }

    @EveryStore
    void jobAtWorkIsNobodyElsesUntilItsLeaseEnds(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            ManyJobs one = test.tombstones().manyJobs();
            ManyJobs other = test.tombstones().manyJobs();
            begin(one, "job");
            assertThat(get(other.take("job"))).isFalse();
            test.clock.pass(LEASE.minusSeconds(1));
            assertThat(get(one.keep("job"))).isTrue();
            test.clock.pass(LEASE.minusSeconds(1));
            assertThat(get(other.take("job"))).as("the one at work said so").isFalse();
            test.clock.pass(Duration.ofSeconds(2));
            assertThat(get(other.take("job"))).isTrue();
            assertThat(get(one.take("job"))).isFalse();
        }
    }

    @EveryStore
    void whoLostAJobSavesNothing(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            ManyJobs one = test.tombstones().manyJobs();
            ManyJobs other = test.tombstones().manyJobs();
            begin(one, "job");
            test.clock.pass(LEASE.plusSeconds(1));
            assertThat(get(other.take("job"))).isTrue();
            assertThat(get(one.keep("job"))).isFalse();
            assertThat(get(one.save("job", List.of(new Outcome("1", 500, Optional.empty())))))
                    .isFalse();
            one.leave("job").block();
            assertThat(get(one.take("job"))).as("it was not his to leave").isFalse();
            assertThat(get(other.find("job")).left()).isEqualTo(IDS.size());
        }
    }

    @EveryStore
    void jobThatIsLeftIsTakenAtOnce(StoreUnderTest store, @TempDir Path directory) {
        try (TestTombstones test = new TestTombstones(store, directory)) {
            ManyJobs one = test.tombstones().manyJobs();
            begin(one, "job");
            one.leave("job").block();
            assertThat(get(test.tombstones().manyJobs().take("job"))).isTrue();
        }
    }

    private static void begin(ManyJobs jobs, String job) {
        assertThat(get(jobs.begin(job, "orders", List.of("x/y"), "RESTORE", "caller", IDS))
                        .left())
                .isEqualTo(IDS.size());
    }
}
