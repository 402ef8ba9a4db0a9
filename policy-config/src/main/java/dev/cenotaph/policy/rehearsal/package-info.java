/**
 * What the gateway does with a request, played through without a network: which calls go upstream, in which order, and
 * what the client gets. Decides with the gateway's own matcher, classifier and codecs; the sequences of calls are those of
 * its handlers, one class here for each handler there, and a test of the gateway holds the two together.
 *
 * <p>Not played: methods that a request's body names, failures of connection and store, other requests at the same time.
 */
@NullMarked
package dev.cenotaph.policy.rehearsal;

import org.jspecify.annotations.NullMarked;
