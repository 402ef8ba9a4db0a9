package dev.cenotaph.load.proof;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** What a client asks for, and what it then knows. */
enum Request {
    DELETE("DELETE", "", Condition.TRASHED),
    RESTORE("POST", ":undelete", Condition.LIVE),
    PERMANENT("DELETE", "?permanent=true", Condition.ABSENT);

    private final String method;
    private final String suffix;
    private final Condition leadsTo;

    Request(String method, String suffix, Condition leadsTo) {
        this.method = method;
        this.suffix = suffix;
        this.leadsTo = leadsTo;
    }

    private String path(Item item) {
        return item.path() + suffix;
    }

    /** Sends it, and keeps what came of it in the item's register. */
    HttpResponse<String> send(Client client, Item item) throws IOException, InterruptedException {
        Register.Write<Condition> write = begin(item);
        HttpResponse<String> answer = client.ask(method, path(item), "");
        learn(item.condition(), write, answer.statusCode());
        return answer;
    }

    /** Sends it without waiting, and keeps what comes of it in the item's register. */
    CompletableFuture<Integer> sendLater(Client client, Item item) {
        Register.Write<Condition> write = begin(item);
        return client.askLater(method, path(item)).thenApply(answer -> {
            learn(item.condition(), write, answer.statusCode());
            return answer.statusCode();
        });
    }

    private Register.Write<Condition> begin(Item item) {
        if (this == PERMANENT || (this == DELETE && item.shape().isPurged())) {
            item.mayBeErased();
        }
        return item.condition().begin(leadsTo);
    }

    /** A failure of the gateway or the upstream says nothing of the effect. */
    static <V> void learn(Register<V> register, Register.Write<V> write, int status) {
        if (status < 300) {
            register.acknowledge(write);
        } else if (status < 500) {
            register.refuse(write);
        }
    }

    /** What a client that is alone with the item is answered. */
    int expected(Condition condition) {
        return switch (this) {
            case DELETE ->
                switch (condition) {
                    case LIVE -> 204;
                    case TRASHED -> 410;
                    case ABSENT -> 404;
                };
            case RESTORE ->
                switch (condition) {
                    case LIVE -> 409;
                    case TRASHED -> 200;
                    case ABSENT -> 404;
                };
            case PERMANENT ->
                switch (condition) {
                    case LIVE, TRASHED -> 204;
                    case ABSENT -> 404;
                };
        };
    }
}
