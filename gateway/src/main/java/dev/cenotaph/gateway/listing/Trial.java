package dev.cenotaph.gateway.listing;

import org.springframework.http.server.reactive.ServerHttpResponse;

/** Finds out what would be taken out of an answer, while nothing is. Learns nothing. Stateful: one for each answer. */
public interface Trial {

    /** Looks at the head of the answer. */
    ListTrial.Standing begin(ServerHttpResponse response);

    /** Looks at the next bytes. */
    ListTrial.Standing feed(byte[] chunk);

    /** Says that the answer is over. */
    ListTrial.Standing finish();

    /** Lets go of what was held; to be called where the answer breaks off, too. */
    void close();
}
