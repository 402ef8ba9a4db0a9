package dev.cenotaph.gateway.exchange;

import java.net.URI;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The way of a client's request to the upstream, and of the answer back. */
public interface Forwarding {

    /**
     * What goes on to the upstream where something was judged by what it says.
     *
     * @param url sent byte for byte
     * @param change to the client's headers, which are clean by then
     */
    record Onward(URI url, String method, Consumer<HttpHeaders> change) {}

    /** The 1:1 call, untouched in both directions. */
    Mono<Void> pass(ServerWebExchange exchange);

    /** The 1:1 call, untouched in both directions, and seen on its way back where it is no stream of events. */
    Mono<Void> pass(ServerWebExchange exchange, AnswerTap tap);

    /** The 1:1 call as it was judged; the answer passes as it comes. */
    Mono<Void> forward(ServerWebExchange exchange, Onward onward);

    /** The 1:1 call as it was judged; the answer goes through the transform. */
    Mono<Void> forward(ServerWebExchange exchange, Onward onward, AnswerTransform transform);

    /** What the client may see of a document that a call of our own brought, though it would not have come this way. */
    default byte[] shown(byte[] document) {
        return document;
    }

    /** What the client may see of an item that a handler answers with itself; fails where that cannot be told of a read. */
    default Answer shown(Answer item) {
        return item;
    }
}
