package dev.cenotaph.load.proof;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several clients that delete, restore, read, update and list at once: each has items of its own, of which it knows how
 * they must be, and all have some in common.
 */
final class Traffic {
    private static final int SHARED_PERCENT = 20;

    private final GatewayProcess gateway;
    private final Client client;
    private final Findings findings;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Traffic(GatewayProcess gateway, Client client, Findings findings) {
        this.gateway = gateway;
        this.client = client;
        this.findings = findings;
    }

    /** @param own each client's own items */
    static Traffic start(
            GatewayProcess gateway,
            Client client,
            List<List<Item>> own,
            List<Item> shared,
            long seed,
            Findings findings) {
        var traffic = new Traffic(gateway, client, findings);
        IntStream.range(0, own.size())
                .forEach(number -> traffic.threads.add(Thread.ofVirtual()
                        .start(() -> traffic.run(new Random(seed + number), own.get(number), shared))));
        return traffic;
    }

    /** Sends the clients away, and returns when none is at work any more. */
    void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void run(Random random, List<Item> own, List<Item> shared) {
        try {
            while (!over) {
                step(random, own, shared);
            }
        } catch (IOException broken) {
            if (!over && livesOn()) {
                findings.add(Findings.Kind.UNEXPECTED_ANSWER, "no answer from a living gateway: " + broken);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** A client may see its connection break before the process counts as ended. */
    private boolean livesOn() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        return gateway.isAlive();
    }

    private void step(Random random, List<Item> own, List<Item> shared) throws IOException, InterruptedException {
        boolean alone = random.nextInt(100) >= SHARED_PERCENT;
        List<Item> items = alone ? own : shared;
        Item item = items.get(random.nextInt(items.size()));
        int choice = random.nextInt(100);
        if (choice < 1 && alone) {
            change(Request.PERMANENT, item, true);
        } else if (choice < 31) {
            change(Request.DELETE, item, alone);
        } else if (choice < 60) {
            change(Request.RESTORE, item, alone);
        } else if (choice < 78) {
            read(item, alone);
        } else if (choice < 95) {
            update(item, alone);
        } else {
            list(item.shape(), own);
        }
    }

    private void change(Request request, Item item, boolean alone) throws IOException, InterruptedException {
        Set<Condition> before = item.possible();
        HttpResponse<String> answer = request.send(client, item);
        findings.count(request, answer.statusCode());
        if (answer.statusCode() >= 500) {
            findings.add(Findings.Kind.UNEXPECTED_ANSWER, said(request.name(), item, answer));
        } else if (alone
                && !item.shape().isPurged()
                && before.stream().allMatch(one -> request.expected(one) != answer.statusCode())) {
            findings.add(Findings.Kind.WRONG_WHILE_RUNNING, said(request.name(), item, answer) + ", but was " + before);
        }
    }

    private void read(Item item, boolean alone) throws IOException, InterruptedException {
        Set<Condition> possible = item.possible();
        HttpResponse<String> answer = client.ask("GET", item.path(), "");
        findings.countRead();
        if (alone && possible.stream().allMatch(one -> Sight.status(one) != answer.statusCode())) {
            findings.add(Findings.Kind.WRONG_WHILE_RUNNING, said("GET", item, answer) + ", but is " + possible);
        }
    }

    private void update(Item item, boolean alone) throws IOException, InterruptedException {
        Set<Condition> possible = item.possible();
        int value = item.nextNote();
        Register.Write<Integer> write = item.note().begin(value);
        HttpResponse<String> answer = client.ask("PATCH", item.path(), "{\"note\":" + value + "}");
        Request.learn(item.note(), write, answer.statusCode());
        findings.countUpdate(answer.statusCode());
        if (alone && possible.stream().allMatch(one -> Sight.status(one) != answer.statusCode())) {
            findings.add(Findings.Kind.WRONG_WHILE_RUNNING, said("PATCH", item, answer) + ", but is " + possible);
        }
    }

    private void list(Shape shape, List<Item> own) throws IOException, InterruptedException {
        List<Item> known = own.stream().filter(item -> item.shape() == shape).toList();
        Set<String> ids = client.list(shape);
        findings.countRead();
        for (Item item : known) {
            if (item.surely(ids.contains(item.id()) ? Condition.TRASHED : Condition.LIVE)) {
                findings.add(
                        Findings.Kind.WRONG_WHILE_RUNNING,
                        "the list " + (ids.contains(item.id()) ? "shows " : "lacks ") + item);
            }
        }
    }

    private static String said(String request, Item item, HttpResponse<String> answer) {
        return request + " " + item + " answered " + answer.statusCode() + " " + answer.body();
    }
}
