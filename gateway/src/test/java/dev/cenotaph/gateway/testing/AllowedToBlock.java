package dev.cenotaph.gateway.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What counts as blocking beside the obvious, and the whole list of what may all the same. */
public final class AllowedToBlock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Every call of a store begins so; SQLite's own calls are native and would not be seen.
        builder.markAsBlocking("com.zaxxer.hikari.HikariDataSource", "getConnection", "()Ljava/sql/Connection;");
        // Reads /dev/urandom, which is a file and never makes anybody wait.
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    }
}
