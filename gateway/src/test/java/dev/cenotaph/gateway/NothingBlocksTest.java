package dev.cenotaph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

/** All tests of this module fail where a thread is blocked that must not be. Here it is shown that they would. */
class NothingBlocksTest {
    @TempDir
    Path directory;

    @Test
    void sleepOnAnEventLoopIsCaught() {
        assertCaught(NothingBlocksTest::sleep, "sleep");
    }

    @Test
    void storeCallOnAnEventLoopIsCaught() {
        try (HikariDataSource store = new HikariDataSource()) {
            store.setJdbcUrl("jdbc:sqlite:" + directory.resolve("store.db"));
            assertCaught(store::getConnection, "HikariDataSource#getConnection");
        }
    }

    @Test
    void sleepOnAParallelThreadIsCaught() {
        assertThatThrownBy(() -> Mono.fromCallable(NothingBlocksTest::sleep)
                        .subscribeOn(Schedulers.parallel())
                        .block(Duration.ofSeconds(10)))
                .hasStackTraceContaining(BlockingOperationError.class.getName());
    }

    @Test
    void threadOfItsOwnMayBlock() throws Exception {
        assertThat(sleep()).isTrue();
    }

    private static void assertCaught(Callable<?> call, String what) {
        assertThatThrownBy(() ->
                        HttpResources.get().onServer(true).next().submit(call).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(BlockingOperationError.class)
                .hasMessageContaining(what);
    }

    private static boolean sleep() throws InterruptedException {
        Thread.sleep(1);
        return true;
    }
}
