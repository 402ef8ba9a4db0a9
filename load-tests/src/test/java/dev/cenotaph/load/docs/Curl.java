package dev.cenotaph.load.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of curl as the pages use. */
final class Curl {
    /** A line of three dots stands for headers left out. */
    private static final String HEADERS_LEFT_OUT = "...";
    /** Stands for text left out. */
    private static final String LEFT_OUT = "…";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> places;

    /** @param places what stands in a URL for what is reached in its place */
    Curl(Map<String, String> places) {
        this.places = places;
    }

    /** Sends what the command sends, and compares what comes with what the page shows. */
    void run(Command command) {
        String url = "";
        String method = "GET";
        boolean headersShown = false;
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(PATIENCE);
        List<String> words = command.words();
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-i" -> headersShown = true;
                case "-s" -> {}
                case "-X" -> method = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(":\\s*", 2);
                    request.header(header[0], header[1]);
                }
                case "-d" -> {
                    method = method.equals("GET") ? "POST" : method;
                    request.method(method, BodyPublishers.ofString(words.get(++i)));
                }
                default -> {
                    assertThat(words.get(i)).as(command.where()).doesNotStartWith("-");
                    url = words.get(i);
                }
            }
        }
        HttpRequest ready = request.uri(URI.create("http://" + placed(url))).build();
        if (ready.bodyPublisher().isEmpty()) {
            ready = request.method(method, BodyPublishers.noBody()).build();
        }
        compare(command, headersShown, send(ready));
    }

    private String placed(String url) {
        return places.entrySet().stream()
                .filter(place -> url.startsWith(place.getKey() + "/"))
                .map(place -> place.getValue() + url.substring(place.getKey().length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing that the demo starts listens at " + url));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void compare(Command command, boolean headersShown, HttpResponse<String> answer) {
        List<String> shown = command.shown();
        if (headersShown && !shown.isEmpty()) {
            assertThat(shown.getFirst()).as(command.where()).isEqualTo(statusLine(answer));
            int blank = shown.indexOf("");
            int end = blank < 0 ? shown.size() : blank;
            for (String header : shown.subList(1, end)) {
                if (!header.equals(HEADERS_LEFT_OUT)) {
                    assertThat(headers(answer)).as(command.where()).contains(steady(lowerName(header)));
                }
            }
            shown = shown.subList(end, shown.size());
        }
        compareBody(command.where(), shown.stream().map(String::strip).collect(Collectors.joining()), answer.body());
    }

    private static void compareBody(String where, String shown, String body) {
        if (!shown.contains(LEFT_OUT)) {
            assertThat(steady(body.strip())).as(where).isEqualTo(steady(shown));
            return;
        }
        String rest = steady(body);
        for (String piece : shown.split(LEFT_OUT)) {
            String steady = steady(piece.strip());
            assertThat(rest).as(where).contains(steady);
            rest = rest.substring(rest.indexOf(steady) + steady.length());
        }
    }

    private static String statusLine(HttpResponse<String> answer) {
        return "HTTP/1.1 " + HttpResponseStatus.valueOf(answer.statusCode());
    }

    private static List<String> headers(HttpResponse<String> answer) {
        return answer.headers().map().entrySet().stream()
                .flatMap(header ->
                        header.getValue().stream().map(value -> steady(lowerName(header.getKey() + ": " + value))))
                .toList();
    }

    private static String lowerName(String header) {
        int colon = header.indexOf(':');
        return header.substring(0, colon).toLowerCase(Locale.ROOT) + header.substring(colon);
    }

    /** What differs from run to run is the same in all. */
    private static String steady(String text) {
        return UUID.matcher(TIME.matcher(text).replaceAll("<time>")).replaceAll("<uuid>");
    }
}
