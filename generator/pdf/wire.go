package pdf

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

// wire carries commands to the browser and brings back answers and events. Each
// message is a line of JSON that ends in a zero byte.
type wire struct {
	pipe pipe
	told chan []byte   // messages on their way out
	end  chan struct{} // closed when the browser says nothing any more

	mu       sync.Mutex
	count    int64                   // of the commands so far
	waiting  map[int64]chan<- answer // by the number of the command
	sessions map[string]func(event)  // by the id of the session
}

// errGone says that the browser ended while something was asked of it.
var errGone = errors.New("the browser ended in the middle")

// event is what the browser tells of a window without being asked.
type event struct {
	method string
	params json.RawMessage
}

type answer struct {
	result json.RawMessage
	err    error
}

// message is all that goes over the wire, either way.
type message struct {
	ID        int64           `json:"id,omitzero"`
	SessionID string          `json:"sessionId,omitzero"`
	Method    string          `json:"method,omitzero"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *refusal        `json:"error,omitempty"`
}

// refusal is what the browser says instead of an answer.
type refusal struct {
	Code    int64  `json:"code"`
	Message string `json:"message"`
}

// open takes up a pipe and reads until it ends.
func open(p pipe) *wire {
	w := &wire{
		pipe: p, told: make(chan []byte), end: make(chan struct{}),
		waiting: map[int64]chan<- answer{}, sessions: map[string]func(event){},
	}
	go w.read()
	go w.write()
	return w
}

// write is apart from who sends, so that a browser that does not read holds up
// nobody who may stop waiting.
func (w *wire) write() {
	for {
		select {
		case text := <-w.told:
			if _, err := w.pipe.out.Write(text); err != nil {
				return // the end of reading says so to those who wait
			}
		case <-w.end:
			return
		}
	}
}

func (w *wire) read() {
	r := bufio.NewReaderSize(w.pipe.in, 1<<16)
	for {
		text, err := r.ReadBytes(0)
		if err != nil {
			break
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) == nil {
			w.deliver(m)
		}
	}
	close(w.end)
}

// deliver hands a message to whom it is for. An answer that nobody waits for any
// more is dropped.
func (w *wire) deliver(m message) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m.ID == 0 {
		if hear := w.sessions[m.SessionID]; hear != nil {
			hear(event{m.Method, m.Params})
		}
		return
	}
	c := w.waiting[m.ID]
	delete(w.waiting, m.ID)
	if c == nil {
		return
	}
	a := answer{result: m.Result}
	if m.Error != nil {
		a.err = fmt.Errorf("the browser refuses: %s (%d)", m.Error.Message, m.Error.Code)
	}
	c <- a
}

// hear has the events of a session told to a function, which must not wait for
// anything; nil ends it.
func (w *wire) hear(session string, f func(event)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f == nil {
		delete(w.sessions, session)
		return
	}
	w.sessions[session] = f
}

// close closes our end. The browser ends itself when it sees that.
func (w *wire) close() { w.pipe.close() }

// session is one window of the browser, or the browser itself where its id is
// empty. It is the executor that the commands of cdproto want.
type session struct {
	wire *wire
	id   string
}

func (w *wire) root() session { return session{wire: w} }

// Execute sends a command and waits for the answer.
func (s session) Execute(ctx context.Context, method string, params, result any) error {
	m := message{SessionID: s.id, Method: method}
	if params != nil {
		text, err := json.Marshal(params)
		if err != nil {
			return fmt.Errorf("writing %s for the browser: %w", method, err)
		}
		m.Params = text
	}
	a, err := s.wire.ask(ctx, m)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(a, result); err != nil {
		return fmt.Errorf("reading what the browser says to %s: %w", method, err)
	}
	return nil
}

// ask sends a command and waits for its result.
func (w *wire) ask(ctx context.Context, m message) (json.RawMessage, error) {
	c := make(chan answer, 1)
	w.mu.Lock()
	w.count++
	m.ID = w.count
	w.waiting[m.ID] = c
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		delete(w.waiting, m.ID)
		w.mu.Unlock()
	}()
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	text = append(text, 0)
	told := w.told
	for {
		select {
		case told <- text:
			told = nil // and now the answer
		case a := <-c:
			return a.result, a.err
		case <-w.end:
			return nil, errGone
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
