// The least that a list in a terminal can cost: made-up subscription rows, a selected row, and nothing else. Plain C on
// curses, no network, no marketplace. What the dashboard is measured against.
//
//     ListFloor ROWS [--preview]
//
// j k g G move, q leaves. With --preview a pane beside the list shows the selected row in windows of 110 columns and more,
// with as many fields as the dashboard's.
#define _GNU_SOURCE 1
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    char id[12], customer[28], product[36], date[12];
    int status, units;
};

static const char *const states[] = {"active", "pending", "hold", "terminated"};

static void fill(struct row *rows, long count) {
    for (long i = 0; i < count; i++) {
        struct row *row = &rows[i];
        snprintf(row->id, sizeof row->id, "%ld", 1000000 + i);
        snprintf(row->customer, sizeof row->customer, "Customer %ld Ltd", i * 7919 % count);
        snprintf(row->product, sizeof row->product, "Business Plan %ld (annual)", i % 97);
        snprintf(row->date, sizeof row->date, "20%02ld-%02ld-%02ld", 26 + i % 3, 1 + i % 12, 1 + i % 28);
        row->status = (int)(i % 4), row->units = (int)(1 + i % 300);
    }
}

static void draw_row(const struct row *row, int y, int width, bool is_selected, bool has_preview) {
    char line[256];
    attr_t look = is_selected ? COLOR_PAIR(1) : A_NORMAL;
    snprintf(line, sizeof line,
             has_preview ? " %-10s %-18.18s %-20.20s %-10s %4d %-10s" : " %-10s %-28s %-36s %-12s %6d %s", row->id,
             row->customer, row->product, states[row->status], row->units, row->date);
    attron(look);
    mvprintw(y, 0, "%-*.*s", width, width, line);
    attroff(look);
}

static int draw_field(int y, int x, const char *label, const char *format, ...) {
    va_list values;
    va_start(values, format);
    attron(COLOR_PAIR(2));
    mvprintw(y, x + 2, "%-14s", label);
    attroff(COLOR_PAIR(2));
    vw_printw(stdscr, format, values);
    va_end(values);
    return y + 1;
}

static int draw_title(int y, int x, const char *text) {
    attron(A_BOLD);
    mvprintw(y, x, "%s", text);
    attroff(A_BOLD);
    return y + 1;
}

/// As many fields as the dashboard shows of a subscription, each in its place.
static void draw_preview(const struct row *row, long number, int x, int height) {
    mvvline(1, x - 2, ACS_VLINE, height);
    int y = draw_title(1, x, row->product);
    y = draw_field(y, x, "subscription", "%s", row->id);
    y = draw_field(y, x, "customer", "%s", row->customer);
    y = draw_field(y, x, "account", "%ld", 1000000 + number * 31 % 400);
    y = draw_field(y, x, "status", "%s", states[row->status]);
    y = draw_field(y, x, "units", "%d", row->units);
    y = draw_field(y, x, "price", "%d.%02d EUR monthly", row->units * 7, row->units % 100);
    y = draw_field(y, x, "term", "1 year, billed monthly");
    y = draw_field(y, x, "auto-renew", "%s", number % 3 ? "on" : "off");
    y = draw_field(y, x, "renews", "%s", row->date);
    y = draw_field(y, x, "since", "%s", row->date);
    y = draw_field(y, x, "last changed", "%s", row->date);
    y = draw_title(y + 1, x, "PRODUCTS");
    mvprintw(y++, x + 2, "%s", row->product);
    y = draw_field(y, x, "MPN", "VND-%ld-A", number % 97);
    draw_field(y, x, "units", "%d at %d.%02d EUR each", row->units, row->units % 40, row->units % 100);
}

int main(int argc, char **argv) {
    long count = argc > 1 ? atol(argv[1]) : 1500, selected = 0, top = 0;
    bool has_preview = argc > 2 && strcmp(argv[2], "--preview") == 0;
    if (count < 1) return 64;
    struct row *rows = calloc((size_t)count, sizeof *rows);
    if (rows == NULL) return 1;
    fill(rows, count);
    setlocale(LC_ALL, "");
    initscr(), raw(), noecho(), keypad(stdscr, TRUE), curs_set(0), start_color(), use_default_colors();
    init_pair(1, COLOR_BLACK, COLOR_CYAN), init_pair(2, 8, -1);
    for (;;) {
        int height, width;
        getmaxyx(stdscr, height, width);
        bool shows_preview = has_preview && width >= 110;
        int list = shows_preview ? width * 76 / 120 : width;
        if (selected < top) top = selected;
        if (selected >= top + height - 2) top = selected - height + 3;
        erase();
        mvprintw(0, 0, "Subscriptions  %ld of %ld", selected + 1, count);
        for (int y = 1; y < height - 1 && top + y - 1 < count; y++)
            draw_row(&rows[top + y - 1], y, list, top + y - 1 == selected, shows_preview);
        if (shows_preview) draw_preview(&rows[selected], selected, list + 2, height - 2);
        mvprintw(height - 1, 0, "ready");
        refresh();
        int key = getch();
        if (key == 'q') break;
        if ((key == 'j' || key == KEY_DOWN) && selected < count - 1) selected++;
        if ((key == 'k' || key == KEY_UP) && selected > 0) selected--;
        if (key == 'G') selected = count - 1;
        if (key == 'g') selected = 0;
    }
    endwin();
    return 0;
}
