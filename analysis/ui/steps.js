<script>
/* One step Back for one page. Where filters stand in the address, Streamlit puts the next page's parameters behind the
   page that is being left, as a step of their own, and then the page itself: Back would show the page left without its
   filters. Such a step is taken over by the page that follows it. */
if (!window.tieoutSteps) {
    window.tieoutSteps = true
    const push = history.pushState.bind(history)
    let passing = null
    history.pushState = (state, title, to) => {
        const next = new URL(to, location.href)
        const isSamePage = next.pathname === location.pathname
        if (!isSamePage && passing === location.href && next.search === location.search) {
            history.replaceState(state, title, to)
        } else {
            push(state, title, to)
        }
        passing = isSamePage ? location.href : null
    }
}
</script>
